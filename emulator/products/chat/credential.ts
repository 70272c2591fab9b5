import { missingParameter } from "../../kernel/errors.ts";
import { boolean, oneOf, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { credential, type PushService } from "./kinds.ts";
import { refuseEmptyUpdate } from "./parameters.ts";

/**
 * What a credential of each service is made of. The API's document says for which service each is, not that it is
 * needed; a credential without its secrets is none.
 */
const secrets: Readonly<Record<PushService, readonly string[]>> = {
  apn: ["Certificate", "PrivateKey"],
  fcm: ["Secret"],
  gcm: ["ApiKey"],
};

export const credentialResource = resource(credential, {
  prefix: "CR",
  path: "/v2/Credentials",
  listKey: "credentials",
  parameters: {
    Type: oneOf(["apn", "fcm", "gcm"], { on: "create", required: true }),
    FriendlyName: text({ max: 64 }),
    Certificate: text({ field: null }),
    PrivateKey: text({ field: null }),
    Sandbox: boolean({ field: null }),
    ApiKey: text({ field: null }),
    Secret: text({ field: null }),
  },
  beforeWrite({ fields, previous, input }) {
    refuseEmptyUpdate({ previous, input });
    if (previous === undefined) {
      const missing = secrets[fields.type].find((name) => typeof input[name] !== "string");
      if (missing !== undefined) throw missingParameter(missing);
      fields.sandbox = null;
    }
    if (fields.type !== "apn") return;
    if (input["Sandbox"] !== undefined) fields.sandbox = input["Sandbox"] === true ? "True" : "False";
    fields.sandbox ??= "False";
  },
});

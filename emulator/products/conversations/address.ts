import type { Change, Context } from "../../kernel/context.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { boolean, integer, list, oneOf, sid, text, url } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { incomingPhoneNumber } from "../api/kinds.ts";
import { service } from "../chat/kinds.ts";
import { type AutoCreation, autoCreationEvents, complete } from "./autoCreation.ts";
import { serviceMissing } from "./defaultService.ts";
import { address } from "./kinds.ts";
import { part, wordAsGiven } from "./parameters.ts";

const types = ["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"] as const;

export const addressResource = resource(address, {
  prefix: "IG",
  path: "/v1/Configuration/Addresses",
  listKey: "address_configurations",
  maxPageSize: 50,
  parameters: {
    Type: wordAsGiven(types, { on: "create", required: true }),
    Address: text({ on: "create", required: true }),
    FriendlyName: text({ max: 256 }),
    AddressCountry: text({ on: "create", pattern: /^[a-z]{2}$/i }),
    "AutoCreation.Enabled": part(boolean()),
    "AutoCreation.Type": part(oneOf(["webhook", "studio", "default"])),
    "AutoCreation.ConversationServiceSid": part(sid("IS")),
    "AutoCreation.WebhookUrl": part(url()),
    "AutoCreation.WebhookMethod": part(wordAsGiven(["get", "post"])),
    "AutoCreation.WebhookFilters": part(list(oneOf(autoCreationEvents))),
    "AutoCreation.StudioFlowSid": part(sid("FW")),
    "AutoCreation.StudioRetryCount": part(integer({ min: 0, max: 3 })),
  },
  unique: [
    {
      field: "address",
      // That a second one is refused is known from programs that expect it; the code is not.
      taken: (taken) => new TwilioError(409, 20409, `Address configuration for ${taken} already exists`),
    },
  ],
  alias: "address",
  filters: {
    Type: {
      test:
        ([type = ""]) =>
        ({ fields }) =>
          fields.type.toLowerCase() === type.toLowerCase(),
    },
  },
  beforeWrite({ fields, previous, input }, context) {
    fields.auto_creation = complete(given(fields.auto_creation));
    if (previous === undefined && fields.type.toLowerCase() === "sms") checkNumber(fields.address, context);
    if (typeof input["AutoCreation.ConversationServiceSid"] === "string")
      checkService(input["AutoCreation.ConversationServiceSid"], context);
  },
});

/** What is set; a part that was cleared is as one that was never given. */
function given(parts: AutoCreation | undefined): Partial<AutoCreation> {
  return Object.fromEntries(Object.entries(parts ?? {}).filter(([, value]) => value !== null));
}

/** Refuses what the account can't get texts at. Short codes are taken as they are: the local Twilio has none. */
function checkNumber(number: string, context: Context): void {
  if (/^\d{3,8}$/.test(number)) return;
  if (!/^\+[1-9]\d{6,14}$/.test(number))
    throw invalid(`Address ${number} of type sms must be a phone number like +14155550100, or a short code`);
  if (context.of(incomingPhoneNumber).find("phone_number", number) === undefined)
    throw invalid(`Address ${number} does not belong to the account`);
}

function checkService(serviceSid: string, context: Context): void {
  if (context.of(service).get(serviceSid) === undefined) throw serviceMissing(serviceSid);
}

/** A number that is released takes what is set up for it with it. */
export function forgetReleased(change: Change, context: Context): void {
  if (change.action !== "delete" || change.kind !== incomingPhoneNumber.kind) return;
  const { phone_number } = change.before.fields as { phone_number: string };
  const found = context.of(address).find("address", phone_number);
  if (found !== undefined) context.of(address).remove(found);
}

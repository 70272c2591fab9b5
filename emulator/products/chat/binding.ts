import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { type Filter, resource, type ResourceDeclaration } from "../../kernel/resource.ts";
import { type Binding, binding, credential, service } from "./kinds.ts";
import { userOf } from "./membership.ts";
import { serviceResource } from "./service.ts";
import { userResource } from "./user.ts";

/** What Chat may push. */
export const messageTypes = [
  "added_to_channel",
  "invited_to_channel",
  "new_message",
  "removed_from_channel",
] as const;

const ofType: Filter<Binding> = {
  test:
    (types) =>
    ({ fields }) =>
      types.includes(fields.binding_type),
};

const declaration = {
  prefix: "BS",
  parent: serviceResource,
  listKey: "bindings",
  operations: ["fetch", "list", "delete"],
  maxPageSize: 50,
  indexed: ["user_sid"],
  unique: [{ field: "endpoint", taken: () => new Error("A device has two bindings") }],
} as const satisfies Partial<ResourceDeclaration<Binding>>;

/** The bindings of a service. */
export const bindingResource = resource(binding, {
  ...declaration,
  path: "/v2/Services/{ServiceSid}/Bindings",
  filters: {
    BindingType: ofType,
    Identity: {
      test:
        (identities) =>
        ({ fields }) =>
          identities.includes(fields.identity),
    },
  },
  hidden: ["user_sid"],
  links: { user: "/v2/Services/{ServiceSid}/Users/{identity}" },
});

/** The same ones by their user. */
export const userBindingResource = resource(binding, {
  ...declaration,
  path: "/v2/Services/{ServiceSid}/Users/{UserSid}/Bindings",
  under: { resource: userResource, field: "user_sid" },
  filters: { BindingType: ofType },
});

/** What a device tells when it registers. */
export interface Registration {
  readonly serviceSid: string;
  readonly identity: string;
  readonly endpoint: string;
  readonly credentialSid: string;
  /** @default all */
  readonly messageTypes?: readonly string[] | undefined;
}

/**
 * Registers a user's device for pushes as Chat's clients do, in place of what it was registered for before.
 *
 * @throws TwilioError when there is no such service or credential
 */
export function register(context: Context, device: Registration): Document<Binding> {
  const { serviceSid, identity, endpoint, credentialSid } = device;
  if (context.of(service).get(serviceSid) === undefined)
    throw new TwilioError(404, 20404, `Chat service ${serviceSid} does not exist`);
  const known = context.of(credential).get(credentialSid);
  if (known === undefined) throw invalid(`Credential ${credentialSid} does not exist`);
  const before = context.of(binding).find("endpoint", endpoint, serviceSid);
  if (before !== undefined) context.of(binding).remove(before);
  return context.of(binding).insert(serviceSid, {
    user_sid: userOf(context, serviceSid, identity).sid,
    identity,
    endpoint,
    binding_type: known.fields.type,
    credential_sid: credentialSid,
    message_types: [...(device.messageTypes ?? messageTypes)],
  });
}

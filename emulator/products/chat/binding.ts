import type { Context } from "../../kernel/context.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import {
  type Document,
  type Filter,
  resource,
  type Resource,
  type ResourceDeclaration,
} from "../../kernel/resource.ts";
import { credential, type PushService } from "./credential.ts";
import { service } from "./service.ts";
import { user, userOf } from "./user.ts";

/** What Chat may push. */
export const messageTypes = [
  "added_to_channel",
  "invited_to_channel",
  "new_message",
  "removed_from_channel",
] as const;

/** A device of a user that wants pushes. Chat's clients make it; the API reads and deletes it. */
export interface Binding {
  user_sid: string;
  identity: string;
  /** What the device is known by at the push service. */
  endpoint: string;
  binding_type: PushService;
  credential_sid: string;
  message_types: string[];
}

const ofType: Filter<Binding> = {
  test:
    (types) =>
    ({ fields }) =>
      types.includes(fields.binding_type),
};

const declaration = {
  kind: "chat.Binding",
  prefix: "BS",
  parent: () => service,
  listKey: "bindings",
  operations: ["fetch", "list", "delete"],
  maxPageSize: 50,
  indexed: ["user_sid"],
  unique: [{ field: "endpoint", taken: () => new Error("A device has two bindings") }],
} as const satisfies Partial<ResourceDeclaration<Binding>>;

/** The bindings of a service. */
export const binding: Resource<Binding> = resource<Binding>({
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
export const userBinding: Resource<Binding> = resource<Binding>({
  ...declaration,
  path: "/v2/Services/{ServiceSid}/Users/{UserSid}/Bindings",
  under: { resource: () => user, field: "user_sid" },
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

import type { Found } from "./found.ts";

/** What an account has of messaging with Flex. */
export interface FoundAccount {
  readonly accountSid: string;
  readonly configuration: Found;
  readonly workspace: Found;
  /** Which activities the workspace puts workers in. */
  readonly settings: Found;
  readonly activities: readonly Found[];
  readonly taskChannels: readonly Found[];
  readonly queues: readonly Found[];
  readonly workflows: readonly Found[];
  /**
   * The chat service of the Flex Configuration; undefined where that names none, or one that is gone. Where the account has
   * no Proxy service for it, and Addresses of Conversations, it is seen as a service of Conversations, and so are its roles.
   */
  readonly chat: Found | undefined;
  readonly roles: readonly Found[];
  /** The Proxy service that is linked to the chat service. */
  readonly proxy: Found | undefined;
  /** Numbers in its pool. */
  readonly pool: readonly Found[];
  readonly flexFlows: readonly Found[];
  readonly conversations: FoundConversations;
  /** The Studio flows that Flex Flows and Addresses send conversations through, and the one that Flex made. */
  readonly flows: readonly Found[];
  /** Numbers that have to do with messages. */
  readonly numbers: readonly Found[];
  /** Ids of resources that share their name with others of the kind: only their SIDs tell them apart. */
  readonly shared: ReadonlySet<string>;
  /** What was seen and is no part of it, a sentence each. */
  readonly outside: readonly string[];
}

/** What an account has of Flex Conversations besides the service, which Chat has as well. */
export interface FoundConversations {
  /** Addresses of customers' messages; not those of web chats, which Flex makes. */
  readonly addresses: readonly Found[];
  /** Settings of the account's conversations: its default service, when they end; undefined where Flex has no service. */
  readonly configuration: Found | undefined;
  /** Who hears of all conversations of the account. */
  readonly accountWebhooks: Found;
  /** Who hears of those in Flex's service; undefined where that is not there. */
  readonly webhooks: Found | undefined;
  /** Default roles of that service, and whether it knows who is online. */
  readonly service: Found | undefined;
  /** Push notifications of that service. */
  readonly notifications: Found | undefined;
}

/** Whether the account does without Chat and Proxy: a stack then declares Flex's service through Conversations. */
export function isOnConversations({ chat }: Pick<FoundAccount, "chat">): boolean {
  return chat?.definition.token === "twilio:conversations:Service";
}

/** Whether a name does not tell a resource: another has the same, or none was given. */
export function sharesName({ shared }: Pick<FoundAccount, "shared">, found: Found): boolean {
  return shared.has(found.id) || keyInputs(found) === undefined;
}

/** The ids of those that their names don't tell apart from others of the list, as the provider looks them up. */
export function withSharedNames(resources: readonly Found[]): string[] {
  const counts = new Map<string, number>();
  const keysInUse = new Set(resources.map(keyInputs).filter((inputs) => inputs !== undefined));
  for (const inputs of keysInUse) {
    for (const resource of resources) {
      const name = nameBy(resource, inputs);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return resources.flatMap((resource) => {
    const inputs = keyInputs(resource);
    return inputs !== undefined && (counts.get(nameBy(resource, inputs)) ?? 0) > 1 ? resource.id : [];
  });
}

/** The inputs that name a resource: those of its first key that are all set. */
function keyInputs({ definition, inputs }: Found): readonly string[] | undefined {
  const isSet = (input: string) => typeof inputs[input] === "string" && inputs[input] !== "";
  return definition.keys?.find((key) => key.inputs.every(isSet))?.inputs;
}

function nameBy({ inputs }: Found, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => [key, inputs[key] ?? null]));
}

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
  /** The chat service of the Flex Configuration; undefined where that names none, or one that is gone. */
  readonly chat: Found | undefined;
  readonly roles: readonly Found[];
  /** The Proxy service that is linked to the chat service. */
  readonly proxy: Found | undefined;
  /** Numbers in its pool. */
  readonly pool: readonly Found[];
  readonly flexFlows: readonly Found[];
  /** The Studio flows that Flex Flows send conversations through, and the one that Flex made. */
  readonly flows: readonly Found[];
  /** Numbers that have to do with messages. */
  readonly numbers: readonly Found[];
  /** Ids of resources that share their name with others of the kind: only their SIDs tell them apart. */
  readonly shared: ReadonlySet<string>;
  /** What was seen and is no part of it, a sentence each. */
  readonly outside: readonly string[];
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

import { canonical } from "./leafValue.ts";
import type { NaturalKey, Operations, ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { isGone } from "./gone.ts";
import type { PlacedLeaf } from "./leaves.ts";
import { leaves } from "./leaves.ts";
import { quote } from "./quote.ts";
import { remoteValue } from "./state.ts";
import type { Properties, Response } from "./value.ts";

/** The key that names a resource, with its values. */
export interface KeyInUse {
  key: NaturalKey;
  values: { [input: string]: string };
}

/** The first of a definition's keys whose inputs are all set and known. */
export function naturalKey(definition: ResourceDefinition, inputs: Properties): KeyInUse | undefined {
  for (const key of definition.keys ?? []) {
    const entries = key.inputs.map((name) => [name, inputs[name]] as const);
    if (
      entries.every((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "")
    ) {
      return { key, values: Object.fromEntries(entries) };
    }
  }
  return undefined;
}

/** A key in words: `friendlyName "Billing"`. */
export function describeKey({ values }: KeyInUse): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${quote(value)}`)
    .join(" and ");
}

/**
 * The resources that a key names within one parent: one at most where the key is unique.
 *
 * @param all Gives all there are in it, where that is known or cheap
 */
export async function findByKey(
  definition: ResourceDefinition,
  operations: Operations,
  { key, values }: KeyInUse,
  all?: () => Promise<readonly Response[] | undefined>,
): Promise<Response[]> {
  if (key.fetch !== undefined) {
    try {
      return [await operations.fetch(key.fetch(values))];
    } catch (error) {
      if (error instanceof TwilioError && isGone(definition, error)) return [];
      throw error;
    }
  }
  const found = (await all?.()) ?? (await operations.list?.(key.filter?.(values) ?? {})) ?? [];
  const keyLeaves = leaves(definition).inputs.filter((leaf) => Object.hasOwn(values, leaf.name));
  const named = found.filter((response) =>
    keyLeaves.every((leaf) => matches(leaf, response, values[leaf.name]!, key.ignoreCase === true)),
  );
  if (definition.listsInPart !== true) return named;
  return Promise.all(named.map((response) => operations.fetch(String(response["sid"]))));
}

function matches(leaf: PlacedLeaf, response: Response, wanted: string, ignoreCase: boolean): boolean {
  const a = canonical(leaf.field, remoteValue(leaf, response));
  const b = canonical(leaf.field, wanted);
  if (ignoreCase && typeof a === "string" && typeof b === "string")
    return a.toLowerCase() === b.toLowerCase();
  return a === b;
}

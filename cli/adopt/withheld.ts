import { leaves, type Properties, type ResourceDefinition, type Value } from "../../provider/access.ts";
import { credentialIn } from "../../config/credential.ts";
import { removeProperty, propertyAt } from "./properties.ts";

/**
 * Takes properties that hold credentials out of inputs, for files are read by many.
 *
 * @returns what each holds, by dotted name; never the credential
 */
export function withhold(definition: ResourceDefinition, inputs: Properties): ReadonlyMap<string, string> {
  const withheld = new Map<string, string>();
  for (const { name, path } of leaves(definition).inputs) {
    const what = credentialInside(path.at(-1) ?? "", propertyAt(inputs, path));
    if (what === undefined) continue;
    removeProperty(inputs, path);
    withheld.set(name, what);
  }
  return withheld;
}

function credentialInside(key: string, value: unknown): string | undefined {
  if (typeof value === "string") return credentialIn(key, value);
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, item] of Object.entries(value)) {
    const found = credentialInside(Array.isArray(value) ? key : name, item as Value);
    if (found !== undefined) return found;
  }
  return undefined;
}

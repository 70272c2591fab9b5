import { leaves, type Properties, type ResourceDefinition } from "../../provider/access.ts";
import { credentialInside } from "../../config/credential.ts";
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

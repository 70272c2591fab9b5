import { leaves, type Properties, type ResourceDefinition, type Value } from "../../provider/access.ts";

/** The properties that are set, dotted: `limits.channelMembers`. */
export function propertyNames(definition: ResourceDefinition, inputs: Properties): string[] {
  return leaves(definition)
    .inputs.filter(({ path }) => propertyAt(inputs, path) !== undefined)
    .map(({ name }) => name);
}

/** What stands at a path; undefined where nothing does. */
export function propertyAt(inputs: Properties, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(
    (value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    inputs,
  );
}

/** Removes what stands at a path, and groups that become empty by it. @returns false when nothing stood there */
export function removeProperty(values: Properties, [key = "", ...rest]: readonly string[]): boolean {
  const child = values[key];
  if (child === undefined) return false;
  if (rest.length === 0) return delete values[key];
  if (!isMap(child) || !removeProperty(child, rest)) return false;
  if (Object.keys(child).length === 0) delete values[key];
  return true;
}

function isMap(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { ResourceDefinition } from "./definition.ts";
import type { Field, Fields, Leaf } from "./field.ts";
import { isObject, UNKNOWN } from "./value.ts";
import type { Value } from "./value.ts";

/** One parameter-sized property, with the names that follow from where it stands. */
export interface PlacedLeaf {
  /** `["limits", "channelMembers"]` */
  path: readonly string[];
  /** `limits.channelMembers` */
  name: string;
  field: Leaf;
  /** Parameter name in the twilio SDK. */
  param: string;
  /** Path into the SDK's answer. */
  response: readonly string[];
}

/** The leaves of a tree of fields, in the order they were declared. */
export function leavesOf(fields: Fields, prefix: readonly string[] = []): PlacedLeaf[] {
  return Object.entries(fields).flatMap(([name, field]) => placed([...prefix, name], field));
}

function placed(path: readonly string[], field: Field): PlacedLeaf[] {
  if (field.kind === "object") return leavesOf(field.fields, path);
  const [first, ...rest] = path as [string, ...string[]];
  return [
    {
      path,
      name: path.join("."),
      field,
      param: field.param ?? path.join("."),
      response: field.response?.split(".") ?? [first, ...rest.map(snakeCase)],
    },
  ];
}

const cache = new WeakMap<ResourceDefinition, { inputs: PlacedLeaf[]; outputs: PlacedLeaf[] }>();

/** The leaves of a definition's inputs and of its further outputs. */
export function leaves(definition: ResourceDefinition): { inputs: PlacedLeaf[]; outputs: PlacedLeaf[] } {
  let found = cache.get(definition);
  if (found === undefined) {
    found = { inputs: leavesOf(definition.inputs), outputs: leavesOf(definition.outputs) };
    cache.set(definition, found);
  }
  return found;
}

/** Where what is always secret stands. */
export function secretPaths(definition: ResourceDefinition | undefined): (readonly string[])[] {
  const all = definition ? [...leaves(definition).inputs, ...leaves(definition).outputs] : [];
  return all.filter(({ field }) => field.secret === true).map(({ path }) => path);
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * The value at a path: undefined where it, or something on the way, is absent or null, UNKNOWN where
 * something on the way is not known yet.
 */
export function valueAt<V extends Value>(root: { [key: string]: V }, path: readonly string[]): V | undefined {
  let value: Value | undefined = root;
  for (const key of path) {
    if (value === UNKNOWN) break;
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value === null ? undefined : (value as V | undefined);
}

/** Puts a value at a path, making the objects on the way. */
export function putAt<V extends Value>(root: { [key: string]: V }, path: readonly string[], value: V): void {
  let target: { [key: string]: Value } = root;
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(target, key) ? target[key] : undefined;
    target = isObject(next) ? next : (target[key] = {});
  }
  target[path[path.length - 1]!] = value;
}

/** Removes the value at a path, and the objects that become empty by it. */
export function removeAt(root: { [key: string]: Value }, path: readonly string[]): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    delete root[key];
    return;
  }
  const child = root[key];
  if (!isObject(child)) return;
  removeAt(child, rest);
  if (Object.keys(child).length === 0) delete root[key];
}

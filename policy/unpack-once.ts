import { createRequire } from "node:module";
import { plain } from "./unknown.ts";

interface Deserialize {
  deserializeProperties(properties: object, secretsKept: boolean): object;
}

const require = createRequire(import.meta.url);
/** Under which a rule's proxy gives what is behind it. */
const { getSpecialProxyTarget: behind } = require("@pulumi/policy/proxy.js") as {
  getSpecialProxyTarget: string;
};
const unpacked = new WeakMap<object, object>();
const copies = new WeakMap<object, unknown>();

/**
 * Has CrossGuard unpack what a request says of a resource once. It does so for each rule, which may change what it gets;
 * those of this pack only read it, and unpacking is most of what they take.
 */
export function unpackOnce(): void {
  const deserialize = require("@pulumi/policy/deserialize.js") as Deserialize;
  const unpack = deserialize.deserializeProperties;
  deserialize.deserializeProperties = (properties, secretsKept) => {
    if (secretsKept) return unpack(properties, secretsKept);
    let found = unpacked.get(properties);
    if (found === undefined) unpacked.set(properties, (found = unpack(properties, secretsKept)));
    return found;
  };
}

/** `plain`, once for all rules that are handed the same. */
export function plainOnce(value: object): unknown {
  // Each rule gets a proxy of its own.
  const target = (value as Record<string, unknown>)[behind];
  if (typeof target !== "object" || target === null) return plain(value);
  if (!copies.has(target)) copies.set(target, plain(value));
  return copies.get(target);
}

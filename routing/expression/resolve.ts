import type { Json, JsonObject } from "../json.ts";
import type { Operand, Path } from "./ast.ts";

/**
 * The value at a path, or undefined when there is none. Only own keys of objects and elements of arrays count:
 * `name.length` and `constructor` are missing unless somebody put them there.
 */
export function resolvePath(path: Path, root: JsonObject): Json | undefined {
  let value: Json | undefined = root;
  for (const segment of path) {
    value = step(value, segment);
    if (value === undefined) return undefined;
  }
  return value;
}

/** One segment down from a value. */
export function step(value: Json | undefined, segment: string | number): Json | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value))
    return typeof segment === "number" ? (value as readonly Json[])[segment] : undefined;
  if (typeof segment === "number" || !Object.hasOwn(value, segment)) return undefined;
  return (value as JsonObject)[segment];
}

/** What an operand stands for: a missing attribute is NULL. */
export function operandValue(operand: Operand, root: JsonObject): Json {
  switch (operand.kind) {
    case "constant":
      return operand.value;
    case "list":
      return operand.values.map(({ value }) => value);
    case "reference":
      return resolvePath(operand.path, root) ?? null;
  }
}

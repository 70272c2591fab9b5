import { deepEqual } from "./deepEqual.ts";
import type { JsonField, Leaf } from "./field.ts";
import { isKnown, isObject, UNKNOWN } from "./value.ts";
import type { Json, Value } from "./value.ts";

/**
 * The one form of a value that all ways of writing it share: documents parsed, sets sorted, "" and
 * empty sets unset where they mean that, everything normalised as the field says.
 */
export function canonical(field: Leaf, value: Value | undefined): Value | undefined {
  if (value === null || value === undefined || value === UNKNOWN) return value ?? undefined;
  if (value === "" && (field.clear === "" || field.clear === false)) return undefined;
  switch (field.kind) {
    case "json":
      return normalized(field, parsed(value));
    case "set": {
      if (!Array.isArray(value)) return value;
      const items = [...new Set(value)].sort(bySpelling);
      return items.length === 0 && field.default === undefined ? undefined : items;
    }
    case "int":
      return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value))
        ? Number(value)
        : value;
    case "text":
    case "choice":
    case "url":
    case "sid":
    case "time":
      return typeof value === "string" && field.normalize ? field.normalize(value) : value;
    case "bool":
      return value;
  }
}

/** Whether two values mean the same; unset means the default where there is a constant one. */
export function same(field: Leaf, a: Value | undefined, b: Value | undefined): boolean {
  return deepEqual(effective(field, a), effective(field, b));
}

/** The canonical form of a value, or of the default it stands for when unset. */
export function effective(field: Leaf, value: Value | undefined): Value | undefined {
  return canonical(field, value) ?? canonical(field, field.default);
}

/** A value of Twilio's answer in the form of an output: documents parsed, csv split. */
export function fromResponse(field: Leaf, value: Json | undefined): Value | undefined {
  if (value === undefined || value === null) return undefined;
  if (field.kind === "json") return parsed(value);
  if (field.kind === "set" && typeof value === "string") {
    const items = value.split(",").flatMap((item) => item.trim() || []);
    return items.length === 0 ? undefined : items;
  }
  if (field.kind === "int") return canonical(field, value);
  return value === "" && (field.clear === "" || field.clear === false) ? undefined : value;
}

/** A value of the program in the form of an output. */
export function asOutput(field: Leaf, value: Value): Value {
  return field.kind === "json" ? parsed(value) : value;
}

/** A value as the twilio SDK takes it for a parameter. */
export function toParam(field: Leaf, value: Value): unknown {
  if (field.kind === "json") {
    if (field.wire === "body") return parsed(value);
    return typeof value === "string" ? value : JSON.stringify(value);
  }
  if (field.kind === "set" && Array.isArray(value)) {
    if (value.length === 0) return "";
    return field.wire === "csv" ? value.join(",") : value;
  }
  return value;
}

/** The part of a document that a program which owns only some keys of it looks at. */
export function ownedPart(document: Value | undefined, owned: Value): Value | undefined {
  if (!isObject(document) || !isObject(owned)) return document;
  const entries = Object.entries(owned).flatMap(([key, value]) => {
    if (!Object.hasOwn(document, key)) return [];
    return [[key, ownedPart(document[key], value)] as [string, Value]];
  });
  return Object.fromEntries(entries);
}

/** A document with another one merged into it, key by key. */
export function merged(into: Value | undefined, part: Value): Value {
  if (!isObject(into) || !isObject(part)) return part;
  const result = { ...into };
  for (const [key, value] of Object.entries(part)) result[key] = merged(into[key], value);
  return result;
}

/** A JSON string parsed; what is no JSON string stays as it is. */
export function parsed(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

function normalized(field: JsonField, value: Value): Value {
  return field.normalize && isKnown(value) ? field.normalize(value as Json) : value;
}

function bySpelling(a: Value, b: Value): number {
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

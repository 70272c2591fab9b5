import type { Failure } from "./definition.ts";
import type { IntField, JsonField, Leaf, SetField, TextField } from "./field.ts";
import { isSid } from "./id.ts";
import { nearest } from "./nearest.ts";
import { quote } from "./quote.ts";
import { isKnown, isObject } from "./value.ts";
import type { Json, Path, Value } from "./value.ts";

/** What is wrong with one value; parts of it may be unknown. */
export function checkLeaf(field: Leaf, value: Value, path: Path): Failure[] {
  const reason = reasonOf(field, value);
  if (typeof reason === "string") return [{ path, reason }];
  if (reason !== undefined)
    return reason.map((inner) => ({ path: [...path, ...inner.path], reason: inner.reason }));
  const own = isKnown(value) ? field.check?.(documentOf(field, value) as never) : undefined;
  return own === undefined ? [] : [{ path, reason: own }];
}

/** White space apart, characters that show nothing and move what is shown. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

type Inner = readonly { path: Path; reason: string }[];

function reasonOf(field: Leaf, value: Value): string | Inner | undefined {
  switch (field.kind) {
    case "int":
      return intReason(field, value);
    case "bool":
      return typeof value === "boolean" ? undefined : `must be true or false, got ${quote(value)}`;
    case "choice":
      return choiceReason(field.values, value);
    case "text":
      return typeof value === "string" ? textReason(field, value) : `must be a text, got ${quote(value)}`;
    case "url":
      return value === "" && field.required !== true ? undefined : urlReason(value);
    case "sid":
      return value === "" && field.required !== true ? undefined : sidReason(field.prefixes, value);
    case "time":
      return typeof value === "string" && !Number.isNaN(Date.parse(value))
        ? undefined
        : `must be a moment such as 2026-01-31T10:50:02Z, got ${quote(value)}`;
    case "set":
      return setReason(field, value);
    case "json":
      return jsonReason(field, value);
  }
}

/** Twilio's whole numbers have 32 bits. */
const [smallest, largest] = [-(2 ** 31), 2 ** 31 - 1];

function intReason({ min, max }: IntField, value: Value): string | undefined {
  const low = min ?? smallest;
  const high = max ?? largest;
  if (typeof value === "number" && Number.isInteger(value)) {
    if (value >= low && value <= high) return undefined;
    if (value < smallest || value > largest)
      return `must be a whole number from ${low} to ${high}, got ${quote(value)}`;
  }
  if (min !== undefined && max !== undefined)
    return `must be a whole number from ${min} to ${max}, got ${quote(value)}`;
  if (min !== undefined) return `must be a whole number, at least ${min}, got ${quote(value)}`;
  return max !== undefined
    ? `must be a whole number, at most ${max}, got ${quote(value)}`
    : `must be a whole number, got ${quote(value)}`;
}

function textReason(
  { minLength = 0, maxLength = Infinity, pattern }: TextField,
  value: string,
): string | undefined {
  const control = CONTROL.exec(value)?.[0];
  if (control !== undefined)
    return `must not hold control characters, got U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}; take it out`;
  if (value.length < minLength) {
    return value === ""
      ? "must not be empty"
      : `must have at least ${minLength} characters, got ${value.length}`;
  }
  if (value.length > maxLength)
    return `must have at most ${maxLength} characters, got ${value.length}; shorten it`;
  if (pattern !== undefined && !pattern.regexp.test(value))
    return `must be ${pattern.hint}, got ${quote(value)}`;
  return undefined;
}

function choiceReason(values: readonly string[], value: Value): string | undefined {
  if (typeof value === "string" && values.includes(value)) return undefined;
  return `must be one of ${values.join(", ")}, got ${quote(value)}${guess(value, values)}`;
}

/** Characters that a URL may have, as Twilio says of callbacks (error 21609). */
const longestUrl = 4000;

function urlReason(value: Value): string | undefined {
  if (typeof value === "string" && value.length > longestUrl)
    return `must have at most ${longestUrl} characters, got ${value.length}; shorten it`;
  if (typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))
    return undefined;
  return `must be an absolute URL that begins with https:// or http://, got ${quote(value)}`;
}

function sidReason(prefixes: readonly string[], value: Value): string | undefined {
  if (typeof value === "string" && prefixes.some((prefix) => isSid(value, prefix))) return undefined;
  return `must be a SID: ${prefixes.join(" or ")} and 32 hexadecimal digits, got ${quote(value)}`;
}

function setReason(
  { values, maxItems = Infinity, wire }: SetField,
  value: Value,
): string | Inner | undefined {
  if (!Array.isArray(value)) return `must be a list of texts, got ${quote(value)}`;
  if (value.length > maxItems) return `must have at most ${maxItems} items, got ${value.length}`;
  return value.flatMap((item, index) => {
    if (!isKnown(item)) return [];
    if (typeof item !== "string") return [{ path: [index], reason: `must be a text, got ${quote(item)}` }];
    if (item.trim() === "") return [{ path: [index], reason: "must not be empty; leave it out" }];
    if (wire === "csv" && /^\s|,|\s$/.test(item)) {
      return [
        { path: [index], reason: `must be one name without commas and blanks around it, got ${quote(item)}` },
      ];
    }
    if (values === undefined || values.includes(item)) return [];
    return [
      {
        path: [index],
        reason: `must be one of ${values.join(", ")}, got ${quote(item)}${guess(item, values)}`,
      },
    ];
  });
}

/** Levels of JSON that are sure to arrive: the local Twilio takes no more, and nobody has use for them. */
const deepest = 200;

function isDeeperThan(value: Value, levels: number): boolean {
  let level: Value[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((item): Value[] =>
      typeof item === "object" && item !== null ? Object.values(item) : [],
    );
  }
  return false;
}

function jsonReason(field: JsonField, value: Value): string | Inner | undefined {
  let document = value;
  if (typeof value === "string") {
    try {
      document = JSON.parse(value) as Json;
      if (/"__proto__"\s*:/.test(value))
        return "has the key __proto__, which gets lost on the way; rename it";
    } catch (error) {
      // Without the excerpt that V8 adds: documents can hold secrets.
      const [problem] = (error as Error).message.split(/, (?:\.\.\.)?"/);
      return `is no JSON: ${problem}; give an object, or a string of valid JSON`;
    }
  }
  if (field.shape === "object" && !isObject(document)) return `must be a JSON object, got ${quote(document)}`;
  if (field.shape === "array" && !Array.isArray(document))
    return `must be a JSON array, got ${quote(document)}`;
  if (isDeeperThan(document, deepest))
    return `must be nested at most ${deepest} levels deep; make it flatter`;
  return field.inspect?.(document);
}

function documentOf(field: Leaf, value: Value): Value {
  return field.kind === "json" && typeof value === "string" ? (JSON.parse(value) as Json) : value;
}

function guess(value: Value, values: readonly string[]): string {
  const found = typeof value === "string" ? nearest(value, values) : undefined;
  return found === undefined ? "" : `; did you mean ${found}?`;
}

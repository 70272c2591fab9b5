import type { Json, Value } from "./value.ts";

/**
 * What is known of one property, said once. The schema, the docs, check, diff, the request
 * parameters and the reading of responses all derive from it.
 */
export interface Traits<T> {
  /** The program must set it. Of an output: Twilio always answers it. */
  required?: boolean;
  /** Twilio takes it at creation only: a change replaces the resource. */
  createOnly?: boolean;
  /** Twilio takes it in updates only: the engine sends it in an update right after create. */
  updateOnly?: boolean;
  /** Twilio never echoes it: the state keeps what was sent, and drift of it can't be seen. */
  writeOnly?: boolean;
  /** Kept encrypted in the state, never shown. */
  secret?: boolean;
  /** A setting of this provider: never sent to Twilio, never read from it. */
  local?: boolean;
  /** Twilio requires it in every update, changed or not (`status` of a Studio flow). */
  always?: boolean;
  /**
   * No property of the resource but an instruction that accompanies updates of the properties named
   * here (`reEvaluateTasks` with `configuration`): never sent alone, no output, no change by itself.
   */
  instructionFor?: readonly string[];
  /**
   * Changes in normal operation (the activity of a worker): its drift is only watched where the
   * program sets it.
   */
  live?: boolean;
  /**
   * The constant Twilio uses when the parameter is left out. Unset and default are then the same to
   * diff and import, and removing the property from the program sends this value.
   */
  default?: T;
  /**
   * What Twilio chooses when the parameter is left out, where that is no constant: "the workspace's
   * default activity". The state remembers the choice; drift from it shows like drift from a default.
   */
  computed?: string;
  /**
   * The value that clears the property at Twilio, sent when the program stops setting it.
   * The builders of texts, URLs, SIDs and csv sets give `""`; `false` says that Twilio can't clear it,
   * so that no longer setting it leaves it as it is.
   */
  clear?: T | "" | false;
  /** Parameter name in the twilio SDK. Default: the property's path joined by dots. */
  param?: string;
  /**
   * Where the value stands in the SDK's answer, dotted. Default: the property's path, camelCase at the
   * top and snake_case below (`limits.channel_members`).
   */
  response?: string;
  /** Two values are equal by meaning when they are equal after this. Must be idempotent. */
  normalize?(value: T): T;
  /** Says what is wrong with a known value and how to fix it, or nothing. */
  check?(value: T): string | undefined;
  /** Outputs only: never changes during the life of the resource, so previews of updates know it. */
  stable?: boolean;
}

interface Base<T> extends Traits<T> {
  description: string;
}

export interface TextField extends Base<string> {
  kind: "text";
  /** Inclusive length limits in characters. */
  minLength?: number;
  maxLength?: number;
  /** The value must match; `hint` says what that means in words. */
  pattern?: { regexp: RegExp; hint: string };
}
export interface IntField extends Base<number> {
  kind: "int";
  /** Inclusive limits. */
  min?: number;
  max?: number;
}
export interface BoolField extends Base<boolean> {
  kind: "bool";
}
export interface ChoiceField extends Base<string> {
  kind: "choice";
  values: readonly string[];
}
/** An absolute http(s) URL. */
export interface UrlField extends Base<string> {
  kind: "url";
}
/** A Twilio SID: one of the prefixes and 32 hexadecimal digits. */
export interface SidField extends Base<string> {
  kind: "sid";
  prefixes: readonly string[];
}
/** A moment, in ISO 8601 and UTC: `2026-01-31T10:50:02Z`. */
export interface TimeField extends Base<string> {
  kind: "time";
}
/** Strings whose order has no meaning: reordering them is no change. */
export interface SetField extends Base<string[]> {
  kind: "set";
  values?: readonly string[];
  maxItems?: number;
  /** `repeated`: the parameter is sent once per item. `csv`: Twilio wants, and answers, "a,b,c". */
  wire: "repeated" | "csv";
}
/**
 * A JSON document. Programs give it as an object (or array) or as a JSON string; Twilio gets a string
 * unless `wire` says otherwise; the output is always the parsed value. Compared by meaning.
 */
export interface JsonField extends Base<Json> {
  kind: "json";
  shape: "object" | "array" | "any";
  /** `string`: Twilio takes the document as one string parameter. `body`: as part of a JSON body. */
  wire: "string" | "body";
  /**
   * The program owns only the keys it names: diff and read look at those, and updates are merged into
   * what is there. Objects only; arrays inside are values of their own.
   */
  merge?: boolean;
  /**
   * Says everything that is wrong with the document's shape, each with the path inside it. Parts of the
   * document may be UNKNOWN.
   */
  inspect?(document: Value): readonly { path: (string | number)[]; reason: string }[];
}
/** A group of properties; each leaf is a parameter of its own. */
export interface ObjectField {
  kind: "object";
  description: string;
  fields: Fields;
  required?: boolean;
  createOnly?: undefined;
}

/** A property that is one parameter. */
export type Leaf =
  TextField | IntField | BoolField | ChoiceField | UrlField | SidField | TimeField | SetField | JsonField;
export type Field = Leaf | ObjectField;
export type Fields = { readonly [name: string]: Field };

type With<F extends Leaf> = Partial<Omit<F, "kind" | "description">>;

/** Free text. Cleared with `""`. */
export const text = (description: string, traits: With<TextField> = {}): TextField => ({
  kind: "text",
  description,
  clear: "",
  ...traits,
});

/** A whole number. */
export const int = (description: string, traits: With<IntField> = {}): IntField => ({
  kind: "int",
  description,
  ...traits,
});

/** True or false. An unset boolean is never sent. */
export const bool = (description: string, traits: With<BoolField> = {}): BoolField => ({
  kind: "bool",
  description,
  ...traits,
});

/** One of a fixed list of words. */
export const choice = (
  description: string,
  values: readonly string[],
  traits: Omit<With<ChoiceField>, "values"> = {},
): ChoiceField => ({ kind: "choice", description, values, ...traits });

/** HTTP method Twilio uses for a callback. */
export const method = (description: string, traits: Omit<With<ChoiceField>, "values"> = {}): ChoiceField =>
  choice(description, ["GET", "POST"], traits);

/** An absolute http or https URL. Cleared with `""`. */
export const url = (description: string, traits: With<UrlField> = {}): UrlField => ({
  kind: "url",
  description,
  clear: "",
  ...traits,
});

/** The SID of another resource, for example `sid("…", "WA")`. Cleared with `""`. */
export const sid = (
  description: string,
  prefix: string | readonly string[],
  traits: Omit<With<SidField>, "prefixes"> = {},
): SidField => ({
  kind: "sid",
  description,
  prefixes: typeof prefix === "string" ? [prefix] : prefix,
  clear: "",
  ...traits,
});

/** A moment in ISO 8601, UTC. */
export const time = (description: string, traits: With<TimeField> = {}): TimeField => ({
  kind: "time",
  description,
  normalize: (value) => {
    const parsed = Date.parse(value);
    return Number.isNaN(parsed) ? value : new Date(parsed).toISOString().replace(".000Z", "Z");
  },
  ...traits,
});

/** A set of strings that is sent by repeating the parameter. Cleared by sending it once, empty. */
export const set = (description: string, traits: Omit<With<SetField>, "wire"> = {}): SetField => ({
  kind: "set",
  description,
  wire: "repeated",
  clear: "",
  ...traits,
});

/** A set of strings that Twilio writes as one comma separated string. Cleared with `""`. */
export const csv = (description: string, traits: Omit<With<SetField>, "wire"> = {}): SetField => ({
  kind: "set",
  description,
  wire: "csv",
  clear: "",
  ...traits,
});

/** A JSON object that Twilio takes as a string. */
export const json = (description: string, traits: With<JsonField> = {}): JsonField => ({
  kind: "json",
  description,
  shape: "object",
  wire: "string",
  ...traits,
});

/** A group of properties. */
export const object = (description: string, fields: Fields): ObjectField => ({
  kind: "object",
  description,
  fields,
});

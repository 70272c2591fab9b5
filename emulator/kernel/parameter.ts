import { isoDate } from "./date.ts";
import { invalid, TwilioError } from "./errors.ts";
import { isDeeperThan, type Json } from "./json.ts";
import { isSid } from "./sid.ts";

/** A form parameter of a resource. Make one with `text`, `integer`, `boolean`, `oneOf`, `sid`, `json`, `list` …. */
export interface Parameter {
  /** When it is heeded; at other times it is ignored, as Twilio does. */
  readonly on: "create" | "update" | "both";
  /** Whether a create without it is refused. */
  readonly required: boolean;
  /** What a new resource has when it is not given; undefined leaves the field out. */
  readonly default: Json | undefined;
  /** Dotted path of the stored field; null when the value is not stored; undefined: the name in snake case. */
  readonly field: string | null | undefined;
  /**
   * The value that the given ones mean, or undefined when they mean "not given".
   * @param operation what they are given to, where that makes a difference
   * @throws TwilioError
   */
  read(values: readonly string[], name: string, operation?: "create" | "update"): Json | undefined;
}

export interface Options<T extends Json> {
  on?: Parameter["on"];
  required?: boolean;
  default?: T | null;
  field?: string | null;
}

export interface TextOptions extends Options<string> {
  /** Longest text allowed, in characters. */
  max?: number;
  /** Longest text that a create takes, where an update takes a longer one. @default max */
  maxOnCreate?: number;
  pattern?: RegExp;
  /** What an empty text means. @default the parameter's default, or null */
  empty?: string | null;
}

/** Text; an empty one clears, unless the parameter is required. */
export function text({ max, maxOnCreate = max, pattern, ...options }: TextOptions = {}): Parameter {
  const base = parameter(options, null);
  const empty = options.empty === undefined ? (options.default ?? null) : options.empty;
  return {
    ...base,
    read: ([value = ""], name, operation) => {
      if (value === "") return base.required ? undefined : empty;
      const longest = operation === "create" ? maxOnCreate : max;
      if (longest !== undefined && value.length > longest) {
        throw invalid(`${name} is ${value.length} characters long; at most ${longest} are allowed`);
      }
      if (pattern !== undefined && !pattern.test(value))
        throw invalid(`Invalid value for ${name}: ${quote(value)}`);
      return value;
    },
  };
}

/** A whole number; an empty one counts as not given. */
export function integer({
  min,
  max,
  ...options
}: Options<number> & { min?: number; max?: number } = {}): Parameter {
  const low = min ?? -(2 ** 31);
  const high = max ?? 2 ** 31 - 1;
  return {
    ...parameter(options, null),
    read: ([value = ""], name) => {
      if (value === "") return undefined;
      const number = Number(value);
      if (!/^[+-]?\d+$/.test(value) || number < low || number > high) {
        throw invalid(`${name} must be a whole number from ${low} to ${high}, got ${quote(value)}`);
      }
      return number;
    },
  };
}

/** True or false in any case; an empty one counts as not given. */
export function boolean(options: Options<boolean> = {}): Parameter {
  return {
    ...parameter(options, false),
    read: ([value = ""], name) => {
      if (value === "") return undefined;
      const lower = value.toLowerCase();
      if (lower === "true" || lower === "1" || lower === "yes") return true;
      if (lower === "false" || lower === "0" || lower === "no") return false;
      throw invalid(`${name} must be true or false, got ${quote(value)}`);
    },
  };
}

/** One of a few words, matched without regard to case; an empty one counts as not given. */
export function oneOf(words: readonly string[], options: Options<string> = {}): Parameter {
  return {
    ...parameter(options, null),
    read: ([value = ""], name) => {
      if (value === "") return undefined;
      const word = words.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
      if (word === undefined)
        throw invalid(`${name} must be one of ${words.join(", ")}, got ${quote(value)}`);
      return word;
    },
  };
}

/** A SID with one of these prefixes; an empty one clears. Whether it exists is for the resource to check. */
export function sid(prefixes: string | readonly string[], options: Options<string> = {}): Parameter {
  const allowed = typeof prefixes === "string" ? [prefixes] : prefixes;
  const base = parameter(options, null);
  return {
    ...base,
    read: ([value = ""], name) => {
      if (value === "") return base.required ? undefined : (options.default ?? null);
      if (!allowed.some((prefix) => isSid(value, prefix))) {
        throw invalid(`${name} must be a SID that starts with ${allowed.join(" or ")}, got ${quote(value)}`);
      }
      return value;
    },
  };
}

/** An absolute http or https URL; an empty one clears. */
export function url(options: TextOptions = {}): Parameter {
  // Of callbacks Twilio says so: https://www.twilio.com/docs/api/errors/21609
  const base = text({ max: 4000, ...options });
  return {
    ...base,
    read: (values, name) => {
      const value = base.read(values, name);
      if (typeof value !== "string" || value === "") return value;
      if (!isUrl(value)) {
        throw invalid(`${name} must be an http or https URL, got ${quote(value)}`);
      }
      return value;
    },
  };
}

/** A parameter whose bad values are refused with a code of its own. */
export function coded(code: number, parameter: Parameter): Parameter {
  return {
    ...parameter,
    read(values, name, operation) {
      try {
        return parameter.read(values, name, operation);
      } catch (error) {
        throw error instanceof TwilioError ? invalid(error.message, code) : error;
      }
    },
  };
}

/**
 * A URL, or a list of them, whose bad values are refused with a code of its own, in Twilio's words:
 * `SmsUrl is not a valid URL: nowhere`.
 */
export function codedUrl(code: number, parameter: Parameter): Parameter {
  return {
    ...parameter,
    read(values, name, operation) {
      try {
        return parameter.read(values, name, operation);
      } catch {
        const bad = values.find((value) => !isUrl(value)) ?? values[0] ?? "";
        throw invalid(`${name} is not a valid URL: ${bad.slice(0, 100)}`, code);
      }
    },
  };
}

const isUrl = (value: string): boolean => /^https?:\/\/\S/i.test(value) && URL.canParse(value);

/** Text that must be JSON; kept as the text it is. An empty one resets to the default. */
export function json(options: TextOptions & { objectOnly?: boolean } = {}): Parameter {
  const base = text(options);
  return {
    ...base,
    read: (values, name) => {
      const value = base.read(values, name);
      if (typeof value !== "string" || values[0] === "") return value;
      const parsed = parseJson(value, name);
      if (
        options.objectOnly === true &&
        (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
      ) {
        throw invalid(`${name} must be a JSON object`);
      }
      return value;
    },
  };
}

/** Deepest JSON that is taken: writing it again must not run out of stack. */
const maxJsonLevels = 200;

/** @throws TwilioError that says where the text stops being JSON, or that it is nested too deeply. */
export function parseJson(value: string, name: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (error) {
    throw invalid(`${name} is not valid JSON: ${(error as SyntaxError).message}`);
  }
  if (isDeeperThan(parsed, maxJsonLevels))
    throw invalid(`${name} is nested more than ${maxJsonLevels} levels deep`);
  return parsed;
}

/** An ISO 8601 time; kept in seconds as Twilio writes it. An empty one counts as not given. */
export function dateTime(options: Options<string> = {}): Parameter {
  return {
    ...parameter(options, null),
    read: ([value = ""], name) => {
      if (value === "") return undefined;
      const time = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : NaN;
      if (Number.isNaN(time)) throw invalid(`${name} must be an ISO 8601 time, got ${quote(value)}`);
      return isoDate(time);
    },
  };
}

/** A parameter that is repeated: each value is read as `item` says; a single empty one means an empty list. */
export function list(item: Parameter, options: Options<Json[]> & { max?: number } = {}): Parameter {
  const { max, ...rest } = options;
  return {
    ...parameter(rest, null),
    read: (values, name) => {
      const given = values.length === 1 && values[0] === "" ? [] : values;
      if (max !== undefined && given.length > max)
        throw invalid(`${name} takes at most ${max} values, got ${given.length}`);
      return given.map((value) => item.read([value], name) ?? null);
    },
  };
}

function parameter(options: Options<Json>, fallback: Json): Omit<Parameter, "read"> {
  const { on = "both", required = false, field } = options;
  const isStored = field !== null && !required;
  return {
    on,
    required,
    field,
    default: options.default === undefined ? (isStored ? fallback : undefined) : options.default,
  };
}

function quote(value: string): string {
  return JSON.stringify(value.length > 64 ? `${value.slice(0, 64)}…` : value);
}

import { z } from "zod";
import { nearest } from "./problem.ts";

// Building blocks of the schema. The error of each is the fix a user reads after
// "<key> is <value>;", so it always starts with what to set.

/** A map of named settings; an unknown name is refused, with the known one it resembles. */
export function settings<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? // One issue may stand for several keys: a line for each.
          issue.keys.map((key) => unknownSetting(key, known)).join("\n")
        : `set a map with ${known.join(", ")}`,
  });
}

function unknownSetting(key: string, known: readonly string[]): string {
  const guess = nearest(key, known);
  return `${guess === undefined ? "remove it" : `did you mean ${guess}?`} (known here: ${known.join(", ")})`;
}

/** Settings by a key of the user's choice; the key names the resource in Pulumi and in references. */
export function keyed<Value extends z.core.$ZodType>(value: Value, what: string) {
  const key = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
  return z.record(key, value, {
    error: (issue) =>
      issue.code === "invalid_key"
        ? "use a key of 1 to 64 letters, digits, - and _ that starts with a letter"
        : `set a map of ${what} by key`,
  });
}

/** Names and other texts of one line; those of more than 256 characters are messages and expressions, of several. */
export const text = (what: string, max = 256) => {
  const error = `set ${what}, a text of 1 to ${max} characters`;
  const several = z.string({ error }).trim().min(1, { error }).max(max, { error });
  if (max > 256) return several;
  return several.regex(/^[^\t\n\r]*$/, { error: `set ${what} on one line, without tabs` });
};

export const flag = (what: string) => z.boolean({ error: `set true or false (${what})` });

export const wholeNumber = (min: number, max: number, what: string) => {
  const error = `set a whole number from ${min} to ${max} (${what})`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

/** A time in seconds. */
export const seconds = (max: number, what: string) => wholeNumber(1, max, `seconds ${what}`);

export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, {
    error: (issue) => {
      const guess = typeof issue.input === "string" ? nearest(issue.input, values) : undefined;
      return `set one of ${values.join(", ")}${guess === undefined ? "" : ` (did you mean ${guess}?)`}`;
    },
  });

export const httpMethod = () => oneOf(["GET", "POST"]);

/** An absolute http or https URL; whether http is allowed depends on the stack (`checkWebhooks`). */
export const webhookUrl = () =>
  z
    .url({ protocol: /^https?$/, error: "set an absolute https URL, e.g. https://handler.example.com/sms" })
    .max(4000, { error: "set a URL of at most 4000 characters" });

/** The SID of something that the stack does not declare. */
export const sid = (what: string, prefix: string) => {
  const error = `set the SID of ${what}: ${prefix} and 32 hexadecimal digits`;
  return z.string({ error }).regex(new RegExp(`^${prefix}[0-9a-f]{32}$`), { error });
};

/** The key of something declared elsewhere in the configuration. */
export const reference = (what: string) => z.string({ error: `set the key of ${what}` });

/** For `refine`: what is wrong between settings of one map, and what to do. */
export const rule = (problem: string, fix: string) => ({ error: fix, params: { problem } });

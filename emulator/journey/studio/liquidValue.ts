import { toValue } from "liquidjs";

/** An object of JSON, rather than a list or something of Liquid's own. */
export function isHash(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // That of plain objects, wherever they were made.
  return prototype === null || (!Array.isArray(value) && Object.getPrototypeOf(prototype) === null);
}

/** Whether an object is in a value that is to be written. */
export function holdsHash(value: unknown): boolean {
  return isHash(value) || (Array.isArray(value) && value.some(holdsHash));
}

/**
 * A value as templates write it, which is Liquid's way: nothing for what is absent, the items of a list one after the
 * other. For objects no source of Twilio's says more than that `to_json` is needed to pass one on
 * (https://www.twilio.com/docs/studio/widget-library/send-to-flex): they are written as Liquid's Ruby does, `{"a"=>1}`,
 * which is no JSON there either.
 */
export function textOf(given: unknown): string {
  const value: unknown = toValue(given);
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(textOf).join("");
  return isHash(value) ? inspect(value) : String(value);
}

function inspect(given: unknown): string {
  const value: unknown = toValue(given);
  if (value === undefined || value === null) return "nil";
  if (Array.isArray(value)) return `[${value.map(inspect).join(", ")}]`;
  if (!isHash(value)) return typeof value === "string" ? JSON.stringify(value) : String(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}=>${inspect(member)}`,
  );
  return `{${members.join(", ")}}`;
}

/** A value as JSON text: `null` for what is absent. */
export function jsonOf(given: unknown): string {
  return JSON.stringify(toValue(given) ?? null, (_name, value: unknown) => toValue(value));
}

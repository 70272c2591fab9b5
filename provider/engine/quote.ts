import type { Value } from "./value.ts";

/**
 * A value as a message may quote it: shortened, and without what may be a credential in it. Of a map in the place of a
 * text only the names of its properties are told, and of an address its user and parameters are not.
 */
export function quote(value: Value): string {
  const text = JSON.stringify(told(value)) ?? "a value not known yet";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function told(value: Value): unknown {
  if (typeof value === "string") return withoutCredentials(value);
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, "…"]));
}

function withoutCredentials(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi, "$1[secret]@")
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)\?[^\s#]*/gi, "$1?…");
}

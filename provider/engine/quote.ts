import { withoutSecretPlaces } from "../../secrets/secret-places.ts";
import type { Value } from "./value.ts";

/**
 * A value as a message may quote it: shortened, and without what may be a credential in it. Of a map in the place of a
 * text only the names of its properties are told, and of an address its user and parameters are not.
 */
export function quote(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(told(value)) ?? "a value not known yet";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The same, whole: of maps their values, too, but for credentials. */
export function withoutSecrets(value: Value): unknown {
  if (typeof value === "string") return withoutCredentials(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, secretName.test(name) ? "…" : withoutSecrets(item)]),
  );
}

/** Properties that are called so hold what nobody should read. */
const secretName = /(password|passwd|secret|token|api[_-]?key|auth)$/i;

function told(value: Value): unknown {
  if (typeof value === "string") return withoutCredentials(value);
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, "…"]));
}

/** A text of Twilio's or of a program as a message may hold it: without what may be a credential in it. */
export function withoutCredentials(text: string): string {
  return withoutSecretPlaces(text)
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi, "$1[secret]@")
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)\?[^\s#]*/gi, "$1?…")
    .replace(/\b((?:AC|SK)[0-9a-f]{32}):[^\s@/"'<>]{16,}/g, "$1:[secret]")
    .replace(/\b(Bearer|Basic)\s+(?!\{\{)[\w+/.=~-]{12,}/gi, "$1 [secret]");
}

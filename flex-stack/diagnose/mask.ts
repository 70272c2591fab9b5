import { pageAt } from "./console-page.ts";
import { credentialIn, withoutCredentials } from "../../config/credential.ts";

/** Numbers of phones; SIDs are hexadecimal digits of another length after two letters. */
const phoneNumber = /(?<![0-9A-Za-z])(\+|%2B)?[1-9]\d{7,14}(?![0-9A-Za-z])/g;

/** A number as nobody can call it: all but its last four digits hidden. */
export function maskNumbers(text: string): string {
  return text.replaceAll(phoneNumber, (number) => {
    const [, sign = "", digits = ""] = /^(\+|%2B)?(\d+)$/.exec(number) ?? [];
    return sign + "•".repeat(digits.length - 4) + digits.slice(-4);
  });
}

/** A value with each of its texts changed. @param change Is told the text's name, or that of the list it is in. */
function changed<T>(value: T, change: (text: string, key: string) => string, key = ""): T {
  if (typeof value === "string") return change(value, key) as T;
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => changed(item, change, key)) as T;
  const entries = Object.entries(value).map(([name, item]) => [name, changed(item as unknown, change, name)]);
  return Object.fromEntries(entries) as T;
}

/** Findings whose pages are those of the account's own console: of a local one the local Twilio's page. */
export function withPagesAt<T>(value: T, endpoint: string | undefined): T {
  return changed(value, (text, key) => (key === "page" ? pageAt(text, endpoint) : text));
}

/** Findings without what identifies people. A command that names a number would be wrong without it: it goes. */
export function hidden<T>(value: T): T {
  return changed(value, (text, key) => {
    const masked = maskNumbers(text);
    if (key !== "command" || masked === text) return masked;
    return "# It names a phone number: run diagnose again with --show-content to see it.";
  });
}

/** Findings without credentials, as in the URL of a handler. A command would be wrong without them: it goes. */
export function withoutSecrets<T>(value: T): T {
  return changed(value, (text, key) => {
    if (key !== "command") return withoutCredentials("", text);
    const isSecret = credentialIn("", text.replaceAll("$TWILIO_AUTH_TOKEN", "")) !== undefined;
    return isSecret ? "# It names a credential: put it right in Twilio's console." : text;
  });
}

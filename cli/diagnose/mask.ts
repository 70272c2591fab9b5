/** Numbers of phones; SIDs are hexadecimal digits of another length after two letters. */
const phoneNumber = /(?<![0-9A-Za-z])(\+|%2B)?[1-9]\d{7,14}(?![0-9A-Za-z])/g;

/** A number as nobody can call it: all but its last four digits hidden. */
export function maskNumbers(text: string): string {
  return text.replaceAll(phoneNumber, (number) => {
    const [, sign = "", digits = ""] = /^(\+|%2B)?(\d+)$/.exec(number) ?? [];
    return sign + "•".repeat(digits.length - 4) + digits.slice(-4);
  });
}

/** Every text in a value, masked. */
function masked<T>(value: T): T {
  if (typeof value === "string") return maskNumbers(value) as T;
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item as unknown)])) as T;
}

/** Findings without what identifies people. A command that names a number would be wrong without it: it goes. */
export function hidden<T>(value: T): T {
  return masked(withoutPrivateCommands(value));
}

function withoutPrivateCommands<T>(value: T): T {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withoutPrivateCommands(item)) as T;
  const entries = Object.entries(value).flatMap(([key, item]: [string, unknown]): [string, unknown][] => {
    if (key !== "command" || typeof item !== "string" || maskNumbers(item) === item)
      return [[key, withoutPrivateCommands(item)]];
    return [[key, "# It names a phone number: run diagnose again with --show-content to see it."]];
  });
  return Object.fromEntries(entries) as T;
}

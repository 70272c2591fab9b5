/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a dotted path, or undefined. */
export function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Sets the value at a dotted path of declared (never user-given) names, making objects on the way. */
export function setValueAt(object: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? path;
  let target = object;
  for (const key of keys) {
    const next = target[key];
    target = isJsonObject(next) ? next : (target[key] = {});
  }
  target[last] = value;
}

/** `FriendlyName` → `friendly_name`; `Limits.UserChannels` → `limits.user_channels`. */
export function snakeCase(name: string): string {
  let text = snakeCased.get(name);
  if (text === undefined) {
    text = name
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
      .toLowerCase();
    snakeCased.set(name, text);
  }
  return text;
}

/** The names that there are: parameters and properties of the API. */
const snakeCased = new Map<string, string>();

/** Whether lists and objects are nested in each other more than so many times; never runs out of stack itself. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((item) =>
      typeof item === "object" && item !== null ? (Object.values(item) as unknown[]) : [],
    );
  }
  return false;
}

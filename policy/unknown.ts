/** A value that nobody knows before the update. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/**
 * A copy of what the SDK hands to a policy, where reading an unknown value throws and so would end the
 * rule: here it is `UNKNOWN`, and rules skip just that.
 */
export function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const read = (key: string | number): unknown => {
    try {
      return plain((value as Record<string | number, unknown>)[key]);
    } catch (error) {
      if (error instanceof Error && "unknownTypeSentinel" in error) return UNKNOWN;
      throw error;
    }
  };
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(index));
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(key)]));
}

/** The text a value is; undefined when it is none, or not known yet. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether two values are equal, or could turn out so. */
export function mayEqual(one: unknown, other: unknown): boolean {
  return one === UNKNOWN || other === UNKNOWN || one === other;
}

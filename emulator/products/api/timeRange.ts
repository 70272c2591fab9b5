import { invalid } from "../../kernel/errors.ts";

/** A moment as list filters give it, `2026-03-01` or `2026-03-01T12:00:00Z`: start and end in milliseconds since 1970. */
export type TimeRange = readonly [start: number, end: number];

const second = 1000;
const day = 24 * 60 * 60 * second;

/** Reads a filter's time: a date means the whole day (UTC). @throws TwilioError */
export function readTimeRange(value: string, name: string): TimeRange {
  const start = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(start))
    throw invalid(`${name} must be an ISO 8601 time, got ${JSON.stringify(value.slice(0, 64))}`);
  // Midnight is how the SDKs write a date.
  return [start, start + (start % day === 0 ? day : second)];
}

/** The three filters of a time: at it, up to it (`<`) and from it on (`>`). */
export function timeFilters<D>(
  name: string,
  timeOf: (document: D) => number | null,
): Record<string, { test(values: readonly string[]): (document: D) => boolean }> {
  const filter = (test: (time: number, range: TimeRange) => boolean) => ({
    test([value = ""]: readonly string[]) {
      const range = readTimeRange(value, name);
      return (document: D): boolean => {
        const time = timeOf(document);
        return time !== null && test(time, range);
      };
    },
  });
  return {
    [name]: filter((time, [start, end]) => time >= start && time < end),
    [`${name}<`]: filter((time, [, end]) => time < end),
    [`${name}>`]: filter((time, [start]) => time >= start),
  };
}

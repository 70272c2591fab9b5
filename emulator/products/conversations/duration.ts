import { invalid } from "../../kernel/errors.ts";
import { type Options, type Parameter, text } from "../../kernel/parameter.ts";

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const pattern = /^P(?=\w)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of weeks and less; undefined when it is none. */
export function milliseconds(duration: string): number | undefined {
  const found = pattern.exec(duration);
  if (found === null) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Math.round((weeks * 7 + days) * day + hours * hour + minutes * minute + seconds * second);
}

/** Years of the longest timer: its end has to be a date of four digits for the year. Twilio names no limit. */
const mostYears = 1000;
const longest = mostYears * 365 * day;

/** A timer: an ISO 8601 duration of no less than so many minutes and no more than 1,000 years, kept as it is; an empty one clears. */
export function timer(leastMinutes: number, options: Options<string> = {}): Parameter {
  const base = text(options);
  return {
    ...base,
    read(values, name) {
      const value = base.read(values, name);
      if (typeof value !== "string" || value === "") return value;
      const length = milliseconds(value);
      if (length === undefined)
        throw invalid(
          `${name} must be an ISO 8601 duration like PT1H, got ${JSON.stringify(value.slice(0, 64))}`,
        );
      if (length < leastMinutes * minute)
        throw invalid(`${name} must be at least PT${leastMinutes}M, got ${value.slice(0, 64)}`);
      if (length > longest)
        throw invalid(`${name} must be at most ${mostYears} years, got ${value.slice(0, 64)}`);
      return value;
    },
  };
}

export const inactiveMinutes = 1;
export const closedMinutes = 10;

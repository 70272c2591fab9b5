import { quote } from "../../engine/quote.ts";

const pattern = /^P(?=\w)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Seconds of a week, a day, an hour, a minute and a second. */
const units = [604_800, 86_400, 3600, 60, 1];

/** Seconds of an ISO 8601 duration; undefined where it is none, or one of months and years, which have no fixed length. */
export function secondsOf(duration: string): number | undefined {
  const found = pattern.exec(duration);
  if (found === null) return undefined;
  const seconds = units.reduce((sum, unit, index) => sum + unit * Number(found[index + 1] ?? 0), 0);
  return Math.round(seconds * 1000) / 1000;
}

/** Durations of one length have one form: `PT1H` and `PT60M` become `PT3600S`. What is none stays as it is. */
export function normalDuration(duration: string): string {
  const seconds = secondsOf(duration);
  return seconds === undefined ? duration : `PT${seconds}S`;
}

/** Says what is wrong with a timer that has to be so many minutes at least; an empty one clears. */
export function checkTimer(duration: string, leastMinutes: number): string | undefined {
  if (duration === "") return undefined;
  const seconds = secondsOf(duration);
  if (seconds === undefined)
    return `must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT1H or P1DT30M, got ${quote(duration)}`;
  if (seconds < leastMinutes * 60) return `must be at least PT${leastMinutes}M, got ${quote(duration)}`;
  // Beyond this, numbers are no longer exact: durations that differ would count as one.
  return Number.isSafeInteger(Math.ceil(seconds * 1000))
    ? undefined
    : `must be a length that can be meant, got ${quote(duration)}`;
}

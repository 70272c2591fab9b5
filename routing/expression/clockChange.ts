import type { Expression } from "./ast.ts";
import { referencesOf } from "./references.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long each value of `taskrouter.` lasts, in milliseconds; all begin with the day, in UTC. */
const lasts: Readonly<Record<string, number>> = {
  currentTime: minute,
  currentMin: minute,
  currentHour: hour,
  dayOfWeek: day,
};

/**
 * When an expression may next give another answer to the same question, in milliseconds since 1970, because
 * `taskrouter.` turns to its next minute, hour or day; undefined when it does not read the clock.
 */
export function nextClockChange(expression: Expression, now: number): number | undefined {
  const shortest = referencesOf(expression)
    .filter(({ path: [root] }) => root === "taskrouter")
    .flatMap(({ path: [, name] }) =>
      typeof name === "string" ? ((Object.hasOwn(lasts, name) ? lasts[name] : []) ?? []) : [],
    )
    .reduce<number | undefined>((least, each) => Math.min(least ?? each, each), undefined);
  return shortest === undefined ? undefined : (Math.floor(now / shortest) + 1) * shortest;
}

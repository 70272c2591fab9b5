import type { Health } from "./health.ts";

/** One sentence: how many things are broken, and what could not be looked at. */
export function healthVerdict({ checks }: Pick<Health, "checks">): string {
  const count = checks.reduce((sum, { problems }) => sum + problems.length, 0);
  const unknown = checks.filter(({ state }) => state === "unknown").length;
  const rest = unknown > 0 ? ` ${unknown} ${unknown === 1 ? "check" : "checks"} could not be made.` : "";
  return count > 0
    ? `${count} ${count === 1 ? "thing" : "things"} would break messages.${rest}`
    : `Nothing was found that would break messages.${rest}`;
}

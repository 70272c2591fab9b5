import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { durationOf, longestDuration } from "../text/duration.ts";

/** Milliseconds after which a text is where it will be: it may be on its way that long. */
export const settling = 60_000;

/** From when to when texts are compared. */
export interface Window {
  readonly since: Date;
  readonly until: Date;
}

/**
 * Reads the times that were given, which what is wrong with them alone is refused at once for.
 *
 * @returns The window, once it is known what time it is at Twilio.
 * @throws Failure
 */
export function readWindow(given: {
  readonly since: string;
  readonly until?: string;
}): (now: number) => Window {
  const since = momentOf("since", given.since);
  const until = given.until === undefined ? undefined : momentOf("until", given.until);
  return (now) => {
    const from = since(now);
    const latest = now - settling;
    const to = Math.min(until?.(now) ?? latest, latest);
    if (from > now) throw usage("--since is in the future.", "Give a time that is over.");
    if (from < now - longestDuration)
      throw usage("--since is more than ten years ago.", "Nobody's texts are older: give a later time.");
    if (from >= to)
      throw usage(
        until === undefined
          ? "--since is less than a minute ago: those texts may still be on their way."
          : "--until is not after --since.",
        until === undefined ? "Look from further back, or later." : "Give --until a later time than --since.",
      );
    return { since: new Date(from), until: new Date(to) };
  };
}

const isoTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/i;

function momentOf(option: "since" | "until", value: string): (now: number) => number {
  const text = value.trim();
  const ago = durationOf(text);
  if (ago !== undefined) return (now) => now - ago;
  const zone = isoTime.exec(text);
  const isLocal = zone !== null && /T/i.test(text) && zone[1] === undefined;
  // Without a zone it is UTC, as everything is that is told here.
  const at = zone === null ? NaN : Date.parse(isLocal ? `${text}Z` : text);
  if (!Number.isNaN(at)) return () => at;
  throw usage(
    `--${option} must be a time such as 30m, 2h or 3d ago, or 2026-03-01T12:00:00Z.`,
    "Write a number and s, m, h or d, up to 3650d, or a time by ISO 8601; without a zone it is UTC.",
  );
}

function usage(what: string, fix: string): Failure {
  return new Failure({ what, fix, exitCode: ExitCode.usage });
}

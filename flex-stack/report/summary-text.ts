import type { Operation } from "../changes/operation.ts";
import type { ChangeKind } from "../changes/resource-change.ts";

const words: readonly [ChangeKind, string, string][] = [
  ["create", "created", "to create"],
  ["buy", "BOUGHT", "to BUY"],
  ["adopt", "adopted", "to adopt"],
  ["import", "imported", "to import"],
  ["update", "updated", "to update"],
  ["replace", "REPLACED", "to REPLACE"],
  ["delete", "deleted", "to delete"],
  ["leave", "left in place", "to leave in place"],
  ["rename", "renamed", "to rename"],
  ["forget", "forgotten", "to forget"],
];

/**
 * `3 created, 1 updated, 37 unchanged`; `no changes, 41 unchanged` when there were none.
 *
 * @param ending Unless the run was done: nothing changed, which is not to say that nothing had to.
 */
export function countsText(
  operation: Operation,
  tense: "planned" | "done",
  ending: "done" | "failed" | "stopped" = "done",
): string {
  const counts = words.flatMap(([kind, done, planned]) => {
    const count = operation.count(kind);
    return count > 0 ? [`${count} ${tense === "done" ? done : planned}`] : [];
  });
  const failed = operation.changes.filter(({ status }) => status === "failed").length;
  if (failed > 0) counts.push(`${failed} failed`);
  if (counts.length === 0) counts.push(ending === "done" ? "no changes" : `${ending}, nothing changed`);
  const same = operation.count("same");
  if (same > 0) counts.push(`${same} unchanged`);
  return counts.join(", ");
}

/** `3 to create, 1 to update, 37 unchanged`, from the counts of a report; `No changes` where there are none. */
export function countsSentence(counts: Readonly<Record<string, number>>): string {
  const told = words.flatMap(([kind, , planned]) => (counts[kind] ? [`${counts[kind]} ${planned}`] : []));
  const same = counts["same"] ? [`${counts["same"]} unchanged`] : [];
  return [...(told.length > 0 ? told : ["No changes"]), ...same].join(", ");
}

/** What "no changes" leaves open where the account was not read. */
export const againstRecord =
  "Compared with what the last update recorded; --refresh compares with the account, too.";

/** `4.2 s`, `1 min 5 s`. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `in 4.2 s, with 130 API requests`. */
export function costText(milliseconds: number, requests: number | undefined): string {
  const asked = requests === undefined ? "" : `, with ${requests} API request${requests === 1 ? "" : "s"}`;
  return `in ${durationText(milliseconds)}${asked}`;
}

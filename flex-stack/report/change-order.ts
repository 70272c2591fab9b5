import type { ChangeKind } from "../changes/resource-change.ts";
import type { ReportedChange } from "./report.ts";

/** Whether somebody should look twice: it goes, is made anew, costs money, or messages may be lost. */
export function isDangerous({ kind, meaning }: ReportedChange): boolean {
  return dangerous.has(kind) || meaning.some(({ danger }) => danger);
}

const dangerous: ReadonlySet<ChangeKind> = new Set(["delete", "replace", "buy"]);

/** What stays as it is, but for who looks after it. */
export function isTakenOverAsItIs({ kind, status, meaning, notes = [], formerly }: ReportedChange): boolean {
  if (kind !== "adopt" && kind !== "import") return false;
  const silent = notes.every((note) => / as it is$/.test(note)) && meaning.length === 0;
  return silent && status !== "failed" && formerly === undefined;
}

/** Dangers first, then what changes, what is new, what only changes hands; among equals the order they have. */
export function byWeight(changes: readonly ReportedChange[]): ReportedChange[] {
  return changes.toSorted((one, other) => weight(one) - weight(other));
}

function weight(change: ReportedChange): number {
  if (change.status === "failed") return -1;
  if (isDangerous(change)) return 0;
  if (isTakenOverAsItIs(change)) return 9;
  return weights[change.kind];
}

const weights: Readonly<Record<ChangeKind, number>> = {
  delete: 0,
  replace: 0,
  buy: 0,
  update: 1,
  adopt: 2,
  import: 2,
  create: 3,
  rename: 4,
  leave: 4,
  forget: 4,
  read: 5,
  same: 6,
};

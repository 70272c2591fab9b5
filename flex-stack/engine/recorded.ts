import type { ChangeKind, ResourceChange } from "../changes/resource-change.ts";
import type { Operation } from "../changes/operation.ts";
import type { DeployedResource } from "../state/deployment.ts";

/** What the state says of what a run did. */
export interface Recorded {
  /** The state can be read, and Pulumi came to its end. */
  readonly sure: boolean;
  /** Resources that were worked on to the end, and of which the state does not know. */
  readonly missing: readonly string[];
  /** Resources that were being worked on when Pulumi ended: nobody knows what became of them. */
  readonly open: readonly string[];
}

/** After these a resource is in the state, and after those it is not. */
const kept: ReadonlySet<ChangeKind> = new Set(["create", "buy", "adopt", "import", "update", "replace"]);
const gone: ReadonlySet<ChangeKind> = new Set(["delete", "leave", "rename", "forget"]);

/**
 * Holds what a run told against what the state has after it.
 *
 * @param deployed What the state holds; undefined where it can't be read.
 * @param ended Pulumi came to its end by itself.
 */
export function recordedOf(
  changes: readonly ResourceChange[],
  deployed: readonly DeployedResource[] | undefined,
  ended: boolean,
): Recorded {
  const known = new Map((deployed ?? []).map((resource) => [resource.urn, resource]));
  const remote = changes.filter((change) => change.remote);
  const missing = remote.filter(({ urn, id, kind, status }) => {
    if (deployed === undefined || status !== "done") return false;
    if (gone.has(kind)) return known.has(urn);
    const resource = known.get(urn);
    return kept.has(kind) && (resource === undefined || (id !== undefined && resource.id !== id));
  });
  const open = remote.filter(({ status, kind }) => status === "running" && kind !== "same");
  return {
    sure: ended && deployed !== undefined,
    missing: missing.map(({ name }) => name),
    open: open.map(({ name }) => name),
  };
}

/**
 * Reads the state after a run that did not do all.
 *
 * @param read Gives what the state holds; undefined where there is none.
 */
export async function recordedAfter(
  operation: Operation,
  read: () => Promise<readonly DeployedResource[] | undefined>,
): Promise<Recorded> {
  const deployed = await read().catch(() => undefined);
  const unwritten = operation.errors.some(({ message }) => saysUnwritten(message));
  return recordedOf(operation.changes, deployed, operation.ended && !unwritten);
}

/** Whether an error says that the state was not written, not that the provider refused to begin what it could not note. */
export function saysUnwritten(message: string): boolean {
  return stateUnwritten.test(message) && !message.includes("nothing was sent");
}

/** Errors by which Pulumi, or the system, says so. */
const stateUnwritten =
  /no space left on device|disk quota exceeded|read-only file system|(sav|writ|persist)\w* (the )?(new |current )?(snapshot|checkpoint|state)/i;

/** What is known of what was done by a run that did not do all, and how to go on. */
export function recordedText({ sure, missing, open }: Recorded, ending: "failed" | "stopped"): string[] {
  const stopped = ending === "stopped" ? "Stopped. " : "";
  const onward = "npm run preview shows what the next run would do.";
  const unknown =
    open.length > 0
      ? [`Pulumi ended while it worked on ${listed(open)}: what became of that is not known.`]
      : [];
  if (missing.length > 0)
    return [`${stopped}Not recorded, though it was done: ${listed(missing)}.`, ...unknown, onward];
  if (!sure)
    return [
      `${stopped}Pulumi did not come to its end, or its state can't be read or written: what was done may not be recorded.`,
      ...unknown,
      onward,
    ];
  if (open.length > 0) return [`${stopped}What was finished is recorded.`, ...unknown, onward];
  return [
    ending === "stopped"
      ? "Stopped. What was done is recorded; run it again to go on from here."
      : "What succeeded is recorded; correct the error and run it again.",
  ];
}

/** A few names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

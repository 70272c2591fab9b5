import type { ChangeKind, ResourceChange } from "./resource-change.ts";

/** What the engine does under a name that goes. */
const going: ReadonlySet<ChangeKind> = new Set(["delete", "leave"]);

/** What it does under a name that is new. */
const coming: ReadonlySet<ChangeKind> = new Set(["create", "buy", "adopt"]);

/**
 * A change as it is where its object has another name before or after: under the old name nothing is deleted, and
 * under the new one nothing is created.
 *
 * @param heir Name of another resource that has the object afterwards.
 * @param others What goes of the same object.
 */
export function renamed(
  change: ResourceChange,
  heir: string | undefined,
  others: readonly ResourceChange[],
): ResourceChange {
  if (going.has(change.kind)) {
    if (heir !== undefined) return { ...change, kind: "rename", nowAs: heir };
    return isTold(change, others) ? change : { ...change, kind: "forget" };
  }
  const [former] = others;
  if (former === undefined) return change;
  const named = { ...change, formerly: former.name };
  if (change.subject.before !== undefined) return named;
  return {
    ...named,
    kind: coming.has(change.kind) ? "adopt" : change.kind,
    subject: { ...change.subject, before: former.subject.before },
  };
}

/** An object that goes under several names goes once: by a name under which it is deleted, where there is one. */
function isTold(change: ResourceChange, others: readonly ResourceChange[]): boolean {
  const all = [change, ...others].sort((one, other) => (one.urn < other.urn ? -1 : 1));
  return (all.find(({ kind }) => kind === "delete") ?? all[0]) === change;
}

import type { Properties } from "./subject.ts";
import type { ChangeKind, ResourceChange } from "./resource-change.ts";

/** What the engine does under a name that goes. */
const leaving: ReadonlySet<ChangeKind> = new Set(["delete", "leave"]);

/** What it does under a name that is new. */
const coming: ReadonlySet<ChangeKind> = new Set(["create", "buy", "adopt"]);

/** What else is known of the object of a change. */
export interface OtherNames {
  /** Name of another resource that has the object afterwards. */
  readonly heir: string | undefined;
  /** What goes of the same object. */
  readonly going: readonly ResourceChange[];
  /** What has it in the state, where that is another resource. */
  readonly former: { readonly name: string; readonly inputs: Properties } | undefined;
}

/**
 * A change as it is where its object has another name before or after: under the old name nothing is deleted, and
 * under the new one nothing is created or bought.
 */
export function renamed(change: ResourceChange, { heir, going, former }: OtherNames): ResourceChange {
  if (leaving.has(change.kind)) {
    if (heir !== undefined) return { ...change, kind: "rename", nowAs: heir };
    return isTold(change, going) ? change : { ...change, kind: "forget" };
  }
  const [gone] = going;
  const formerly = former?.name ?? gone?.name;
  if (formerly === undefined) return change;
  const named = { ...change, formerly };
  if (change.subject.before !== undefined) return named;
  const before = gone?.subject.before ?? former?.inputs;
  return {
    ...named,
    kind: coming.has(change.kind) ? "adopt" : change.kind,
    subject: { ...change.subject, before },
  };
}

/** What the provider says of a deletion after which the object is still there. */
export const leftInPlace = /^left (\S+ )?in place\b/;

/** A deletion after which the object is still there. */
export function left(change: ResourceChange): ResourceChange {
  return change.kind === "delete" ? { ...change, kind: "leave" } : change;
}

/** An object that goes under several names goes once: by a name under which it is deleted, where there is one. */
function isTold(change: ResourceChange, others: readonly ResourceChange[]): boolean {
  const all = [change, ...others].sort((one, other) => (one.urn < other.urn ? -1 : 1));
  return (all.find(({ kind }) => kind === "delete") ?? all[0]) === change;
}

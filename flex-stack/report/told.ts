import type { ChangeKind, ResourceChange } from "../changes/resource-change.ts";
import { meaningOf, type Statement, type Surroundings } from "../meaning/index.ts";

/** Types whose dangers lie in what the program says of them, whether they are new or taken over. */
const routing: ReadonlySet<string> = new Set(["twilio:taskrouter:TaskQueue", "twilio:taskrouter:Workflow"]);

/** What is told of a change beside its line, where its meaning is told of these kinds. */
export function toldOf(
  change: ResourceChange,
  kinds: readonly ChangeKind[],
  surroundings: Surroundings,
): Statement[] {
  const { kind, subject, formerly } = change;
  if (kinds.includes(kind)) return meaningOf(subject, surroundings);
  const isNew = (kind === "adopt" || kind === "create") && subject.before === undefined;
  if (isNew && routing.has(subject.type))
    return meaningOf(subject, surroundings).filter(({ danger }) => danger);
  // What an adoption writes, the provider's own note says; what follows from it for an object of the stack, it does not.
  if (formerly === undefined || subject.before === undefined) return [];
  return meaningOf(subject, surroundings).filter(({ action, danger }) => danger || action === "consequence");
}

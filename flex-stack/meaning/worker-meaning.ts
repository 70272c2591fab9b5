import { displayName } from "./known-resource.ts";
import { expressionOf, isUnserved, serves } from "./queue-members.ts";
import { said, type Statement } from "./statement.ts";
import type { Subject } from "../changes/subject.ts";
import type { Surroundings } from "./surroundings.ts";

/** Queues that a worker leaves, by a change of what is known of it or by going, and that nobody serves then. */
export function workerMeaning({ before, after }: Subject, surroundings: Surroundings): Statement[] {
  if (!before) return [];
  return surroundings.of("twilio:taskrouter:TaskQueue").flatMap((queue) => {
    const source = expressionOf(queue.properties);
    if (queue.fate === "gone" || source === undefined) return [];
    if (!serves(before, source) || (after && serves(after, source))) return [];
    // Also where no worker of the stack is left at all.
    const last = surroundings.of("twilio:taskrouter:Worker").every(({ fate }) => fate === "gone");
    if (!last && !isUnserved(source, surroundings)) return [];
    const text = ["nobody of the stack's workers serves ", { before: displayName(queue) }, " any more"];
    return [said("consequence", [], text, { danger: true })];
  });
}

import {
  canBeTrue,
  ExpressionError,
  isSwitchedOff,
  misplacedReferences,
  parseExpression,
  withoutMisplaced,
} from "../../../routing/index.ts";
import type { Rule } from "../../rule.ts";
import { textOf } from "../../unknown.ts";

export const queueExpression: Rule = {
  id: "queue-has-workers",
  severity: "high",
  level: "mandatory",
  description:
    "The expression of a queue parses, and workers can satisfy it unless it is off on purpose, as 1==0 is.",
  why: "Twilio refuses what does not parse; a queue that no worker can be in by a slip collects tasks that nobody gets.",
  fix: 'Write targetWorkers over worker attributes without a prefix, e.g. routing.skills HAS "billing".',
  scope: "resource",
  check(plan, report) {
    for (const queue of plan.of("twilio:taskrouter:TaskQueue")) {
      const source = textOf(queue.properties.targetWorkers);
      if (!source) continue;
      try {
        const expression = parseExpression(source);
        if (isSwitchedOff(expression) || canBeTrue(withoutMisplaced(expression, "queue"))) continue;
        const misplaced = misplacedReferences(expression, "queue");
        for (const { reference, message } of misplaced)
          report(
            queue,
            "targetWorkers",
            `has ${source.slice(reference.start, reference.end)} at character ${reference.start + 1}, which is always missing: ${message}`,
          );
        if (!canBeTrue(expression))
          report(queue, "targetWorkers", "can never be true: no worker is in this queue");
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        report(queue, "targetWorkers", `does not parse: ${error.message}`);
      }
    }
  },
};

import type { Rule } from "../../rule.ts";
import { isEndless, isForOthers, isTargeted } from "./targeted.ts";
import { placeOf, routingOf } from "./workflow.ts";

export const targetedAlone: Rule = {
  id: "targeted-routing-alone",
  severity: "medium",
  level: "advisory",
  description: "A task that waits for one worker without end belongs to that worker on purpose.",
  why: "While the worker is away nobody else gets it, until it expires. For an outbound call or an agent's own voicemail that is right; a customer who writes waits.",
  fix: "Give the target a timeout and put one for others after it, or say in flex-messaging:policy that it is meant.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      routingOf(workflow)?.filters?.forEach(({ targets }, f) => {
        const last = targets.findIndex(isEndless);
        const target = targets[last];
        if (target === undefined || !isTargeted(target) || targets.slice(last + 1).some(isForOthers)) return;
        report(
          workflow,
          placeOf(`task_routing.filters[${f}].targets[${last}]`),
          "is for the one worker whom the task names, however long that worker is away",
        );
      });
  },
};

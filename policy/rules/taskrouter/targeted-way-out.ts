import type { Rule } from "../../rule.ts";
import { isTargeted } from "./targeted.ts";
import { placeOf, routingOf } from "./workflow.ts";

export const targetedWayOut: Rule = {
  id: "targeted-routing-way-out",
  severity: "critical",
  level: "mandatory",
  description: "A task for one worker goes on to others when that worker is away.",
  why: "Without a timeout or skip_if the task waits for the one worker until it expires; without a target after it, it is canceled. The customer hears nothing either way.",
  fix: "Give the target a timeout (or skip_if: workers.available == 0), and put a target of a queue without that expression after it.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow")) {
      const routing = routingOf(workflow);
      routing?.filters?.forEach((filter, f) =>
        filter.targets.forEach((target, t) => {
          if (!isTargeted(target)) return;
          const place = placeOf(`task_routing.filters[${f}].targets[${t}]`);
          if (target.timeout == null && target.skip_if == null)
            report(workflow, place, "has neither timeout nor skip_if: its tasks wait for one worker");
          else if (filter.targets.slice(t + 1).every(isTargeted)) {
            const skips = target.timeout == null && routing.default_filter != null;
            if (!skips)
              report(workflow, place, "is the last way: no target after it takes the task to others");
          }
        }),
      );
    }
  },
};

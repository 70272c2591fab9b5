import type { Rule } from "../../rule.ts";
import { isEndless, isForOthers, isTargeted } from "./targeted.ts";
import { placeOf, routingOf } from "./workflow.ts";

export const targetedWayOut: Rule = {
  id: "targeted-routing-way-out",
  severity: "critical",
  level: "mandatory",
  description:
    "Where a target for others follows one for the worker whom the task names, tasks can get there.",
  why: "Without a timeout or skip_if the task waits for the one worker until it expires, and those who were to take over never see it.",
  fix: "Give the target of the one worker a timeout (or skip_if: workers.available == 0), or remove the targets after it if nobody else is to get the task.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      routingOf(workflow)?.filters?.forEach(({ targets }, f) => {
        const last = targets.findIndex(isEndless);
        const target = targets[last];
        if (target === undefined || !isTargeted(target)) return;
        const next = targets.findIndex((each, t) => t > last && isForOthers(each));
        if (next < 0) return;
        report(
          workflow,
          placeOf(`task_routing.filters[${f}].targets[${last}]`),
          `has neither timeout nor skip_if: its tasks wait for one worker, and targets[${next}] is never reached`,
        );
      });
  },
};

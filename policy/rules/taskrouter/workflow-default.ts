import { certainValue, type WorkflowFilter } from "../../../routing/index.ts";
import type { Rule } from "../../rule.ts";
import { expressionOf } from "./targeted.ts";
import { routingOf } from "./workflow.ts";

export const workflowDefault: Rule = {
  id: "workflow-has-default",
  severity: "medium",
  level: "advisory",
  description: "A workflow has a default filter, or a filter that takes every task.",
  why: "A task that matches no filter, or skips the one it matches, is not created or removed: the customer waits, and no agent ever sees it.",
  fix: "Name a queue in default_filter (defaultQueue in the configuration of the stack).",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow")) {
      const routing = routingOf(workflow);
      if (routing && routing.default_filter == null && !routing.filters?.some(takesAll))
        report(workflow, "configuration.task_routing.default_filter", "is missing");
    }
  },
};

/** Whether a filter takes any task, and none of them needs a default filter after it. */
function takesAll({ expression, targets }: WorkflowFilter): boolean {
  const parsed = expressionOf(expression);
  return (
    parsed !== undefined &&
    certainValue(parsed) === true &&
    (targets.some(({ timeout, skip_if }) => timeout == null && skip_if == null) ||
      targets.at(-1)?.skip_if == null)
  );
}

import type { Rule } from "../../rule.ts";
import { routingOf } from "./workflow.ts";

export const workflowDefault: Rule = {
  id: "workflow-has-default",
  severity: "medium",
  level: "advisory",
  description: "A workflow has a default filter.",
  why: "A task that matches no filter is canceled: the customer waits, and no agent ever sees the task.",
  fix: "Name a queue in default_filter (defaultQueue in the configuration of the stack).",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow")) {
      const routing = routingOf(workflow);
      if (routing && routing.default_filter == null)
        report(workflow, "configuration.task_routing.default_filter", "is missing");
    }
  },
};

import type { Rule } from "../../rule.ts";
import { placeOf, problemsOf } from "./workflow.ts";

export const workflowEffective: Rule = {
  id: "workflow-is-effective",
  severity: "high",
  level: "mandatory",
  description: "Every filter of a workflow can match, and some worker can satisfy every target.",
  why: "A filter that can never match, a target that is never reached or an attribute that is always missing routes nothing, and looks as if it did.",
  fix: "Correct the expression, or remove the filter or target.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      for (const { severity, path, message } of problemsOf(workflow))
        if (severity === "warning") report(workflow, placeOf(path), message);
  },
};

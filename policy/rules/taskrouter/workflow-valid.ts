import type { Rule } from "../../rule.ts";
import { placeOf, problemsOf } from "./workflow.ts";

export const workflowValid: Rule = {
  id: "workflow-is-valid",
  severity: "critical",
  level: "mandatory",
  description: "Every expression of a workflow parses, and its filters and targets are complete.",
  why: "Twilio refuses an expression that does not parse in the middle of an update, and can't route by what is incomplete.",
  fix: "Correct what the message names.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      for (const { severity, path, message } of problemsOf(workflow))
        if (severity === "error") report(workflow, placeOf(path), message);
  },
};

import type { Rule } from "../../rule.ts";
import { placeOf, problemsOf } from "./workflow.ts";

export const workflowEffective: Rule = {
  id: "workflow-is-effective",
  severity: "high",
  level: "mandatory",
  description:
    "No condition of a workflow contradicts itself, and its keys and queues are some that TaskRouter can know.",
  why: "Such a condition, a misspelt key or a queue that is no SID routes nothing, and looks as if it did. What is off on purpose, as 1==0 is, is no contradiction.",
  fix: "Correct what the message names; a condition that is to be off is 1==0.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      for (const { severity, path, message } of problemsOf(workflow))
        if (severity === "warning") report(workflow, placeOf(path), message);
  },
};

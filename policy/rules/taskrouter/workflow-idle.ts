import type { Rule } from "../../rule.ts";
import { placeOf, problemsOf } from "./workflow.ts";

export const workflowIdle: Rule = {
  id: "workflow-has-no-idle-part",
  severity: "low",
  level: "advisory",
  description: "Every part of a workflow has a part in its routing.",
  why: "A filter that is off, a target behind one that tasks never leave, a name that finds nothing or an unknown key does nothing, and whoever reads the workflow may count on it.",
  fix: "Correct or remove it, or say in flex-messaging:policy that it is meant.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      for (const { severity, path, message } of problemsOf(workflow))
        if (severity === "note") report(workflow, placeOf(path), message);
  },
};

import { leavesOf } from "../../leaves.ts";
import type { Plan, ResourceType } from "../../planned.ts";
import type { Rule } from "../../rule.ts";
import { textOf } from "../../unknown.ts";

/** What SIDs are of, by prefix. */
const kinds: Readonly<Record<string, { type: ResourceType; what: string }>> = {
  FW: { type: "twilio:studio:Flow", what: "flow" },
  TC: { type: "twilio:taskrouter:TaskChannel", what: "task channel" },
  WQ: { type: "twilio:taskrouter:TaskQueue", what: "queue" },
  WW: { type: "twilio:taskrouter:Workflow", what: "workflow" },
};

const referring = [
  ["twilio:taskrouter:Workflow", "configuration"],
  ["twilio:studio:Flow", "definition"],
  ["twilio:flex:FlexFlow", "integration"],
  ["twilio:conversations:Address", "autoCreation"],
  ["twilio:flex:Configuration", "taskrouterTargetWorkflowSid"],
  ["twilio:flex:Configuration", "taskrouterTargetTaskqueueSid"],
] as const satisfies [ResourceType, string][];

export const references: Rule = {
  id: "references-are-declared",
  severity: "medium",
  level: "advisory",
  description:
    "Queues, workflows, task channels and flows that others point at are declared in the same stack.",
  why: "A SID of something outside the stack may be gone, or of another account: nothing keeps it, and no preview shows when it changes.",
  fix: "Declare the resource (adopt: true takes the existing one over), and point at its sid.",
  scope: "stack",
  check(plan, report) {
    const declared = Object.fromEntries(
      Object.entries(kinds).map(([prefix, { type }]) => [prefix, sidsOf(plan, type)]),
    );
    for (const [type, property] of referring)
      for (const resource of plan.of(type))
        for (const { path, text } of leavesOf(
          (resource.properties as Record<string, unknown>)[property],
          property,
        )) {
          const prefix = /^([A-Z]{2})[0-9a-f]{32}$/.exec(text)?.[1] ?? "";
          const kind = kinds[prefix];
          // A stack that declares none of the kind works with what is there, and says so by that.
          if (!kind || plan.of(kind.type).length === 0 || declared[prefix]?.includes(text)) continue;
          report(resource, path, `is ${text}, a ${kind.what} that the stack does not declare`);
        }
  },
};

function sidsOf(plan: Plan, type: ResourceType): string[] {
  return plan.of(type).flatMap(({ properties }) => textOf((properties as { sid?: unknown }).sid) ?? []);
}

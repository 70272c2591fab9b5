import { leavesOf } from "../../leaves.ts";
import type { Plan, PlannedResource } from "../../planned.ts";
import { textOf } from "../../unknown.ts";

type Workflow = PlannedResource<"twilio:taskrouter:Workflow">;

/**
 * The workflows that customers' messages come to: a Flex Flow that is on makes tasks for them, or runs a Studio flow that
 * does. Who points at whom is known by SID, and before there is one by what Pulumi says depends on what.
 */
export function messageWorkflows(plan: Plan): Workflow[] {
  const flexFlows = plan.of("twilio:flex:FlexFlow").filter(({ properties }) => properties.enabled !== false);
  const flows = plan
    .of("twilio:studio:Flow")
    .filter((flow) => flexFlows.some((from) => pointsAt(from, "integration", flow)));
  return plan
    .of("twilio:taskrouter:Workflow")
    .filter(
      (workflow) =>
        flexFlows.some((from) => pointsAt(from, "integration", workflow)) ||
        flows.some((from) => pointsAt(from, "definition", workflow)),
    );
}

function pointsAt(from: PlannedResource, property: string, to: PlannedResource): boolean {
  if (from.dependsOn[property]?.includes(to.urn)) return true;
  const sid = textOf((to.properties as { sid?: unknown }).sid);
  const value = (from.properties as Record<string, unknown>)[property];
  return sid !== undefined && leavesOf(value).some(({ text }) => text === sid);
}

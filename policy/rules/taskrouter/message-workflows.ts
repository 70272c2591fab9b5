import type { Plan, PlannedResource } from "../../planned.ts";
import { pointsAt } from "../../points-at.ts";
import { mayOpen } from "../messaging/opening-address.ts";

type Workflow = PlannedResource<"twilio:taskrouter:Workflow">;

/**
 * The workflows that customers' messages come to: a Flex Flow that is on makes tasks for them, or runs a Studio flow that
 * does, as an Address of Conversations that is on does.
 */
export function messageWorkflows(plan: Plan): Workflow[] {
  const flexFlows = plan.of("twilio:flex:FlexFlow").filter(({ properties }) => properties.enabled !== false);
  const addresses = plan.of("twilio:conversations:Address").filter(mayOpen);
  const flows = plan
    .of("twilio:studio:Flow")
    .filter(
      (flow) =>
        flexFlows.some((from) => pointsAt(from, "integration", flow)) ||
        addresses.some((from) => pointsAt(from, "autoCreation", flow)),
    );
  return plan
    .of("twilio:taskrouter:Workflow")
    .filter(
      (workflow) =>
        flexFlows.some((from) => pointsAt(from, "integration", workflow)) ||
        flows.some((from) => pointsAt(from, "definition", workflow)),
    );
}

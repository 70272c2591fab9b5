import type { BrokenCentre } from "../centre.ts";

interface Routing {
  readonly filters: readonly {
    readonly expression: string;
    readonly targets: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly default_filter?: { readonly queue: string } | undefined;
}

/** The workflow that the flow's Send to Flex names. */
export async function workflowOf(centre: BrokenCentre): Promise<string> {
  const { definition } = await centre.flow.fetch();
  const { states } = definition as { states: { type: string; properties: { workflow?: string } }[] };
  return states.find(({ type }) => type === "send-to-flex")?.properties.workflow ?? "";
}

export async function changeWorkflow(
  centre: BrokenCentre,
  change: (routing: Routing) => Routing,
): Promise<void> {
  const workflow = centre.router.workflows(await workflowOf(centre));
  const { configuration } = await workflow.fetch();
  const { task_routing: routing } = JSON.parse(configuration) as { task_routing: Routing };
  await workflow.update({ configuration: JSON.stringify({ task_routing: change(routing) }) });
}

export async function workerSid(centre: BrokenCentre, friendlyName: string): Promise<string> {
  const [worker] = await centre.router.workers.list({ friendlyName });
  return worker?.sid ?? "";
}

export async function fire(centre: BrokenCentre, name: string): Promise<void> {
  await centre.router.workers(await workerSid(centre, name)).remove();
}

export async function setActivity(centre: BrokenCentre, name: string, friendlyName: string): Promise<void> {
  const [activity] = await centre.router.activities.list({ friendlyName });
  await centre.router.workers(await workerSid(centre, name)).update({ activitySid: activity?.sid ?? "" });
}

export async function agentRole(centre: BrokenCentre) {
  const role = (await centre.chat.roles.list()).find(({ friendlyName }) => friendlyName === "agent");
  if (role === undefined) throw new Error("There is no role agent");
  return role;
}

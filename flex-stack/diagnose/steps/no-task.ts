import { WorkflowError, type JsonObject, type RoutingTrace } from "../../../routing/index.ts";
import { parseAttributes } from "../../account/attributes.ts";
import type { Case } from "../case.ts";
import type { Journey } from "../journey.ts";
import { consolePage } from "../console-page.ts";
import { broken, skipped, type Observation, type Problem } from "../finding.ts";
import { statesOf } from "../studio-flow.ts";
import { traceTask } from "../workspace.ts";

/** What was asked of TaskRouter when no task came of it. */
interface Wanted {
  readonly by: string;
  readonly workflowSid: string;
  readonly taskChannel: string;
  readonly attributes: JsonObject;
}

/** What may have made a task of a conversation. */
type Makers = Case<Pick<Journey, "isOwn" | "channelSid" | "flexFlows" | "execution">>;

/** Why a conversation has no task. */
export async function reasonForNoTask(given: Makers): Promise<Observation> {
  const { journey } = given;
  if (journey.isOwn)
    return broken({
      cause: "handler-made-no-task",
      sentence: `Chat channel ${journey.channelSid} was opened by a handler of the account's own, and no task refers to it.`,
      fix: "Look in the log of that handler: the task's attributes have to name the channel, as channelSid.",
    });
  const wanted = (await wantedByFlow(given)) ?? wantedByFlexFlow(given);
  const handler = journey.flexFlows.find(
    ({ enabled, integrationType }) => enabled && integrationType === "external",
  );
  if (wanted === undefined && journey.execution === undefined && handler !== undefined)
    return broken({
      cause: "handler-made-no-task",
      sentence: `Flex Flow ${handler.sid} hands the conversation to ${urlOf(handler.integration)}, and that made no task of it.`,
      fix: "Look in the log of that handler. Flex finds the conversation's task by the channel's attribute taskSid.",
      page: consolePage.flexMessaging(),
    });
  if (wanted === undefined)
    return journey.execution?.status === "active"
      ? skipped("The flow has not come to the task yet.")
      : skipped("Nothing got as far as a task.");
  return broken(await problemOf(given, wanted));
}

function urlOf(integration: unknown): string {
  const { url } = (integration ?? {}) as { url?: unknown };
  return typeof url === "string" ? url : "a URL";
}

async function wantedByFlow({ journey, reads }: Makers): Promise<Wanted | undefined> {
  const { execution } = journey;
  if (execution === undefined || execution.status === "active") return undefined;
  const [last] = await reads.studio.steps(execution.flowSid, execution.sid);
  if (last?.type !== "send-to-flex") return undefined;
  const widget = (await statesOf(reads, execution)).find(({ name }) => name === last.transitionedFrom);
  const { workflow, channel, attributes } = widget?.properties ?? {};
  return {
    by: `${last.transitionedFrom} of the Studio flow`,
    workflowSid: typeof workflow === "string" ? workflow : "",
    taskChannel: typeof channel === "string" ? channel : "default",
    attributes: parseAttributes(typeof attributes === "string" ? attributes : "{}") as JsonObject,
  };
}

function wantedByFlexFlow({ journey }: Makers): Wanted | undefined {
  const flow = journey.flexFlows.find(
    ({ enabled, integrationType }) => enabled && integrationType === "task",
  );
  if (flow === undefined) return undefined;
  const { workflow_sid, workflowSid, channel } = flow.integration as Record<string, unknown>;
  return {
    by: `Flex Flow ${flow.sid}`,
    workflowSid: String(workflow_sid ?? workflowSid ?? ""),
    taskChannel: typeof channel === "string" ? channel : "default",
    attributes: {},
  };
}

async function problemOf({ reads, journey, repair }: Makers, wanted: Wanted): Promise<Problem> {
  const { by, workflowSid, taskChannel, attributes } = wanted;
  const workspaceSid = reads.place.workspaceSid ?? "";
  const begin = `${by} made no task:`;
  const sources = [journey.execution?.flowSid, ...journey.flexFlows.map(({ sid }) => sid)];
  const fix = repair.or("Correct it there", ...sources);
  const page =
    journey.execution === undefined
      ? consolePage.flexMessaging()
      : consolePage.execution(journey.execution.flowSid, journey.execution.sid);
  const workflow = await reads.taskrouter.workflow(workflowSid);
  if (workflow === undefined && (await reads.taskrouter.workspace()) === undefined)
    return {
      cause: "workspace-missing",
      sentence: `${begin} the workspace ${workspaceSid} does not exist.`,
      fix: repair.or(
        "It was deleted, with its queues, workflows and workers: set Flex up anew",
        workspaceSid,
      ),
    };
  if (workflow === undefined)
    return {
      cause: "workflow-missing",
      sentence: `${begin} workflow ${workflowSid || "(none)"} does not exist in workspace ${workspaceSid}.`,
      fix,
      page,
    };
  const channels = await reads.taskrouter.taskChannels();
  if (!channels.some(({ sid, uniqueName }) => sid === taskChannel || uniqueName === taskChannel))
    return {
      cause: "task-channel-missing",
      sentence: `${begin} task channel ${taskChannel} does not exist in workspace ${workspaceSid}.`,
      fix,
      page,
    };
  let trace: RoutingTrace | undefined;
  try {
    const name = channels.find(({ sid }) => sid === taskChannel)?.uniqueName ?? taskChannel;
    ({ trace } = await traceTask(reads, workflow, { attributes, age: 0, taskChannel: name, priority: 0 }));
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
  }
  const unmatched = trace?.outcome.kind === "unmatched" || trace?.outcome.kind === "skipped";
  return {
    cause: unmatched ? "no-filter-matches" : "task-refused",
    sentence: unmatched
      ? `${begin} no filter of workflow ${workflow.friendlyName} matches its attributes, and there is no default filter.`
      : `${begin} TaskRouter refused it.`,
    fix: unmatched
      ? "Give the workflow a default filter, or attributes that a filter asks for."
      : "Look at the step in the flow's log: its attributes must be JSON and short enough.",
    page: unmatched ? consolePage.workflow(workspaceSid, workflowSid) : page,
  };
}

import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import type { ExecutionStepInstance } from "twilio/lib/rest/studio/v2/flow/execution/executionStep.js";
import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import type { Case, Circumstances } from "../case.ts";
import { consolePage } from "../console-page.ts";
import { findExecution, flowsOf, studioFlowOf } from "../find-execution.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import { timeOf, tolerance } from "../journey.ts";
import { stamp } from "../stamp.ts";
import { statesOf, type FlowState } from "../studio-flow.ts";

/** Studio gives URLs and functions 10 seconds; whatever takes longer by so many milliseconds is stuck. */
const patience = 60_000;
/** How long back is looked for an execution that holds the contact, in milliseconds. */
const longAgo = 30 * 86_400_000;

/** Did the Studio flow run for this conversation, and where did it end? */
export async function studio(given: Case): Promise<Observation> {
  const { journey, reads } = given;
  if (journey.channelSid === undefined) return skipped("No conversation got to a flow.");
  const elsewhere = handedElsewhere(given);
  if (elsewhere !== undefined) return skipped(elsewhere);
  const execution = await findExecution(journey, reads);
  if (execution === undefined && journey.isOwn)
    return skipped("A handler of the account's own opened the conversation, without a flow.");
  if (execution === undefined) return withoutExecution(given);
  const steps = await reads.studio.steps(execution.flowSid, execution.sid);
  const more = { at: execution.dateCreated, sids: [execution.sid] };
  if (execution.status === "active")
    return active(given, execution, steps, more, {
      ...journey,
      isDeaf: async () => {
        const { channel } = journey;
        const webhooks = channel === undefined ? undefined : await reads.chat.webhooks(channel.sid);
        return webhooks?.some(({ type }) => type === "studio") === false
          ? webhookMissing(given, execution.flowSid)
          : undefined;
      },
    });
  return ended(given, execution, steps, more, journey.task);
}

/** Where an execution that is over has led. */
export async function ended(
  given: Circumstances,
  execution: ExecutionInstance,
  steps: readonly ExecutionStepInstance[],
  more: Shown,
  task: TaskInstance | undefined,
): Promise<Observation> {
  const [last] = steps;
  if (last?.type === "send-to-flex")
    return ok(`The Studio flow ran ${steps.length} steps, to ${last.transitionedFrom} (${last.name}).`, more);
  // A function of the flow, or a program, made it in the place of Send to Flex.
  if (isMadeSince(task, execution))
    return ok(
      `The Studio flow ran ${steps.length} steps, to ${last?.transitionedFrom ?? "Trigger"}; its task was made without Send to Flex.`,
      more,
    );
  return broken(await reasonForEnd(given, execution, last), more);
}

function isMadeSince(task: TaskInstance | undefined, { dateCreated }: ExecutionInstance): boolean {
  return task !== undefined && task.dateCreated.getTime() >= dateCreated.getTime() - 1000;
}

/** Who gets the conversation when no Studio flow does: the Flex Flow has another integration. */
function handedElsewhere({ journey: { flexFlows } }: Case): string | undefined {
  const enabled = flexFlows.filter((flow) => flow.enabled);
  if (enabled.length === 0 || enabled.some(({ integrationType }) => integrationType === "studio"))
    return undefined;
  return enabled.some(({ integrationType }) => integrationType === "task")
    ? "The Flex Flow makes the task itself: no Studio flow has a part."
    : "The Flex Flow hands the conversation to a URL: no Studio flow has a part.";
}

export interface Shown {
  readonly at: Date;
  readonly sids: readonly string[];
}

/** What an execution that goes on waits for. */
export interface Awaited {
  readonly message: MessageInstance | undefined;
  readonly taskSid: string | undefined;
  /** Why answers of the customer do not get to it, if they don't. */
  isDeaf(): Promise<Problem | undefined>;
}

/** Where an execution is that goes on. */
export async function active(
  given: Circumstances,
  execution: ExecutionInstance,
  steps: readonly ExecutionStepInstance[],
  more: Shown,
  awaited: Awaited,
): Promise<Observation> {
  const { reads, cleanUp } = given;
  const [last] = steps;
  const name = last?.transitionedTo ?? "Trigger";
  const states = await statesOf(reads, execution);
  const state = states.find((one) => one.name === name);
  const since = last?.dateCreated ?? execution.dateCreated;
  if (state?.type === "send-to-flex" && awaited.taskSid !== undefined)
    return ok(`The Studio flow is at ${name}, and the task is made.`, { ...more, at: since });
  const asks = state?.type === "send-and-wait-for-reply" || state === undefined;
  const { message } = awaited;
  const passedBy = message !== undefined && timeOf(message).getTime() > since.getTime() + 5_000;
  const idle = reads.account.now() - since.getTime() > patience;
  if (asks && !passedBy) {
    const answer = `The flow waits at ${name} for the customer's answer; the task comes after it.`;
    return waiting(answer, { ...more, at: since });
  }
  if (!asks && !idle && !passedBy) return waiting(`The flow is at ${name}.`, { ...more, at: since });
  const deaf = asks ? await awaited.isDeaf() : undefined;
  if (deaf !== undefined) return broken(deaf, more);
  return broken(
    {
      cause: "execution-stuck",
      sentence: `Studio execution ${execution.sid} is stuck at ${name} since ${stamp(since)} and holds this contact: ${passedBy ? "the message did not move it" : "it makes no task"}.`,
      fix: "End the execution: the customer's next message starts the flow anew. Then see why that step does not end.",
      page: consolePage.execution(execution.flowSid, execution.sid),
      command: cleanUp.change(
        `https://studio.twilio.com/v2/Flows/${execution.flowSid}/Executions/${execution.sid}`,
        [["Status", "ended"]],
      ),
    },
    { ...more, at: since },
  );
}

/** Why an execution is over that handed nothing to Flex. */
async function reasonForEnd(
  { reads }: Circumstances,
  execution: ExecutionInstance,
  last?: ExecutionStepInstance,
): Promise<Problem> {
  const page = consolePage.execution(execution.flowSid, execution.sid);
  const states = await statesOf(reads, execution);
  const name = last?.transitionedFrom ?? "Trigger";
  const state = states.find((one) => one.name === name);
  if (last !== undefined && state !== undefined && isFailure(last.name)) {
    const said = await httpStatusOf(reads, execution, name);
    return {
      cause: "widget-failed",
      sentence: `The Studio flow ended at ${name} (${state.type}): ${target(state)}${said}, and its "${last.name}" leads nowhere.`,
      fix: `Repair what it calls, and lead "${last.name}" of ${name} to where an agent is reached all the same.`,
      page,
    };
  }
  const reaches = states.some(({ type }) => type === "send-to-flex");
  return {
    cause: "flow-ended-early",
    sentence: `The Studio flow ended at ${name}${last === undefined ? "" : ` ("${last.name}" leads nowhere)`}, before it handed the conversation to Flex${reaches ? "" : ": it has no Send to Flex"}.`,
    fix: "Lead every way through the flow to Send to Flex, unless customers are to get no agent there.",
    page,
  };
}

function isFailure(event: string): boolean {
  return /^(fail|failed|error|deliveryFailure|noMatch)$/.test(event);
}

function target({ type, properties }: FlowState): string {
  const { url } = properties;
  if (typeof url !== "string") return "it failed";
  return `${type === "run-function" ? "the function" : "the request to"} ${url} failed`;
}

/** `, HTTP 500` where the widget called something. */
async function httpStatusOf(
  reads: Case["reads"],
  execution: ExecutionInstance,
  name: string,
): Promise<string> {
  const context = await reads.studio.context(execution.flowSid, execution.sid);
  const { widgets } = (context?.context ?? {}) as { widgets?: Record<string, { status_code?: unknown }> };
  const status = Number(widgets?.[name]?.status_code);
  if (!Number.isFinite(status)) return "";
  return status === 0 ? " without an answer" : ` with HTTP ${status}`;
}

/** The conversation is there, and no flow ran for it. */
async function withoutExecution(given: Case): Promise<Observation> {
  const { journey, reads, repair } = given;
  const { channel, channelSid = "", taskSid, flexFlows } = journey;
  const flowsOfNumber = flexFlows.map(({ sid }) => sid);
  if (taskSid !== undefined)
    return skipped("The execution that made the task is no longer there, or none did.");
  const named = await flowsOf(journey, reads);
  const flowSid = named[0] ?? studioFlowOf(flexFlows[0]?.integration);
  if (flowSid === undefined)
    return broken({
      cause: "flow-unknown",
      sentence: `No Studio flow is set for chat channel ${channelSid}: neither a webhook of it nor a Flex Flow names one.`,
      fix: repair.or("Give the Flex Flow of the number an integration", ...flowsOfNumber),
      page: consolePage.flexMessaging(),
    });
  const page = consolePage.flow(flowSid);
  const flow = await reads.studio.flow(flowSid);
  if (flow === undefined)
    return broken({
      cause: "flow-missing",
      sentence: `The Studio flow ${flowSid} that the number's Flex Flow names does not exist.`,
      fix: repair.or("Point the Flex Flow to the right flow", flowSid, ...flowsOfNumber),
      page: consolePage.flexMessaging(),
    });
  const holder = await holderOf(given, flowSid, {
    began: channel?.dateCreated,
    contacts: [journey.customer, journey.channelSid],
  });
  if (holder !== undefined) return holder;
  if (flow.status !== "published" && flow.revision === 1)
    return broken({
      cause: "flow-unpublished",
      sentence: `The Studio flow ${flow.friendlyName} (${flowSid}) was never published.`,
      fix: repair.or("Publish it in Studio", flowSid, ...flowsOfNumber),
      page,
    });
  const webhooks = channel === undefined ? [] : await reads.chat.webhooks(channelSid);
  if (!webhooks.some(({ type }) => type === "studio")) return broken(webhookMissing(given, flowSid));
  return broken({
    cause: "flow-not-run",
    sentence: `The Studio flow ${flow.friendlyName} (${flowSid}) did not run for chat channel ${channelSid}: ${flow.status === "published" ? "it has no execution" : `its latest revision, ${flow.revision}, is a draft`}.`,
    fix: "Publish the flow, see that its trigger leads somewhere for incoming messages, and look at its log.",
    page,
  });
}

function webhookMissing({ journey, reads }: Case, flowSid: string): Problem {
  const { channelSid = "" } = journey;
  return {
    cause: "channel-webhook-missing",
    sentence: `Chat channel ${channelSid} has no webhook to the Studio flow ${flowSid}: what the customer writes does not get to it.`,
    fix: "Delete the conversation's Proxy session: the customer's next message begins a new one with a webhook.",
    page: consolePage.channel(reads.place.chatServiceSid ?? "", channelSid),
  };
}

/** An execution of earlier times that is still active holds its contact: Studio starts no second one. */
export async function holderOf(
  { reads, cleanUp }: Circumstances,
  flowSid: string,
  contact: { readonly began: Date | undefined; readonly contacts: readonly (string | undefined)[] },
): Promise<Observation | undefined> {
  const began = contact.began ?? new Date(reads.account.now());
  const since = new Date(began.getTime() - longAgo);
  const older = (await reads.studio.executions(flowSid, since)).find(
    ({ status, contactChannelAddress, dateCreated }) =>
      status === "active" &&
      contact.contacts.includes(contactChannelAddress) &&
      dateCreated.getTime() < began.getTime() + tolerance,
  );
  if (older === undefined) return undefined;
  return broken(
    {
      cause: "execution-blocking",
      sentence: `Studio execution ${older.sid}, active since ${stamp(older.dateCreated)}, blocks this contact: no new one starts while it lives.`,
      fix: "End it: the customer's next message starts the flow anew.",
      page: consolePage.execution(flowSid, older.sid),
      command: cleanUp.change(`https://studio.twilio.com/v2/Flows/${flowSid}/Executions/${older.sid}`, [
        ["Status", "ended"],
      ]),
    },
    { at: older.dateCreated, sids: [older.sid] },
  );
}

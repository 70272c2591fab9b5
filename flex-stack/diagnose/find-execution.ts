import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";
import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import { timeOf, tolerance } from "./journey.ts";
import { permitted } from "./permitted.ts";
import type { Reads } from "./reads/reads.ts";

interface Trail {
  readonly channelSid: string | undefined;
  readonly channel: ChannelInstance | undefined;
  readonly session: SessionInstance | undefined;
  readonly customer: string | undefined;
  readonly flexFlows: readonly FlexFlowInstance[];
  readonly message: MessageInstance | undefined;
}

/** The Studio execution that a conversation ran through, the newest when there were several. */
export async function findExecution(trail: Trail, reads: Reads): Promise<ExecutionInstance | undefined> {
  const { channelSid, channel, session, customer, message } = trail;
  const began = (channel ?? session)?.dateCreated ?? (message && timeOf(message));
  if (channelSid === undefined || began === undefined) return undefined;
  const since = new Date(began.getTime() - tolerance);
  for (const flowSid of await flowsOf(trail, reads)) {
    const executions = await reads.studio.executions(flowSid, since);
    const found =
      executions.find((one) => one.contactChannelAddress === channelSid) ??
      executions.find((one) => one.contactChannelAddress === customer);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Studio flows that may have got the conversation: its webhook's, the Flex Flows' of its number, the stack's. */
export async function flowsOf(
  { channelSid, channel, flexFlows }: Pick<Trail, "channelSid" | "channel" | "flexFlows">,
  reads: Reads,
): Promise<readonly string[]> {
  const webhooks =
    channelSid === undefined || channel === undefined
      ? undefined
      : await permitted(() => reads.chat.webhooks(channelSid));
  const named = [
    ...(webhooks ?? []).map(({ configuration }) => studioFlowOf(configuration)),
    ...flexFlows.map(({ integration }) => studioFlowOf(integration)),
    ...reads.place.flowSids,
  ];
  return [...new Set(named.filter((sid) => sid !== undefined))];
}

/** The flow in a configuration of a channel webhook or an integration of a Flex Flow. */
export function studioFlowOf(configuration: unknown): string | undefined {
  const { flow_sid, flowSid } = (configuration ?? {}) as { flow_sid?: unknown; flowSid?: unknown };
  const sid = flow_sid ?? flowSid;
  return typeof sid === "string" && sid !== "" ? sid : undefined;
}

import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";
import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";

/** All that one message came through, as far as it was found. */
export interface Journey {
  /** The customer's message in question. */
  readonly message: MessageInstance | undefined;
  /** The text to the customer that was asked about. */
  readonly outbound: MessageInstance | undefined;
  /** The customer's number, and the one written to. */
  readonly customer: string | undefined;
  readonly number: string | undefined;
  /** The conversation the message came into. */
  readonly channelSid: string | undefined;
  readonly channel: ChannelInstance | undefined;
  readonly sessionSid: string | undefined;
  readonly session: SessionInstance | undefined;
  /** Nobody of Flex's opened the conversation, but a handler of the account's own. */
  readonly isOwn: boolean;
  /** Who handles messages to the number, or web chats, today. */
  readonly flexFlows: readonly FlexFlowInstance[];
  readonly execution: ExecutionInstance | undefined;
  readonly taskSid: string | undefined;
  readonly task: TaskInstance | undefined;
}

/** How somebody writes: `sms`, or the prefix of their address, such as `whatsapp`. Flex Flows call it alike. */
export function channelTypeOf(address: string): string {
  return /^([a-z]+):/.exec(address)?.[1] ?? "sms";
}

/** When a text came in. */
export function timeOf(message: MessageInstance): Date {
  return message.dateSent ?? message.dateCreated;
}

/** Times of the products are rounded, and their clocks differ: so many milliseconds count as the same time. */
export const tolerance = 60_000;

export function isTaskOver({ assignmentStatus }: Pick<TaskInstance, "assignmentStatus">): boolean {
  return assignmentStatus === "completed" || assignmentStatus === "canceled";
}

/** The time from which texts may belong to a conversation. */
export function textsSince({ dateCreated }: Pick<ChannelInstance, "dateCreated">): Date {
  return new Date(dateCreated.getTime() - tolerance);
}

import type { MessageInstance as TextInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import type { MessageInstance } from "twilio/lib/rest/conversations/v1/service/conversation/message.js";
import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import { textOf } from "../../account/attributes.ts";
import type { Case, Step } from "../case.ts";
import type { InteractionNames } from "../reads/flex.ts";

/** All that one message came through in Flex Conversations, as far as it was found. */
export interface Talk {
  /** The customer's text in question. */
  readonly message: TextInstance | undefined;
  /** The text to the customer that was asked about. */
  readonly outbound: TextInstance | undefined;
  /** The customer's number, and the one written to. */
  readonly customer: string | undefined;
  readonly number: string | undefined;
  /** The Address of that number, enabled or not. */
  readonly address: AddressConfigurationInstance | undefined;
  /** The conversation that was asked for, or that the message came into. */
  readonly conversationSid: string | undefined;
  readonly conversation: ConversationInstance | undefined;
  /** What the text in question is in the conversation. */
  readonly said: MessageInstance | undefined;
  readonly execution: ExecutionInstance | undefined;
  readonly taskSid: string | undefined;
  readonly task: TaskInstance | undefined;
  /** What the task's attributes are, or were at last; with the links that Flex wrote, though they were lost since. */
  readonly taskAttributes: Readonly<Record<string, unknown>>;
  readonly interaction: InteractionNames | undefined;
}

export type TalkCase = Case<Talk>;
export type TalkStep = Step<Talk>;

/** The Interaction that a task is about, from its attributes, which Flex writes. */
export function interactionIn(
  attributes: Readonly<Record<string, unknown>>,
): (InteractionNames & { readonly conversationSid: string | undefined }) | undefined {
  const interactionSid = textOf(attributes, "flexInteractionSid");
  const channelSid = textOf(attributes, "flexInteractionChannelSid");
  if (interactionSid === undefined || channelSid === undefined) return undefined;
  return { interactionSid, channelSid, conversationSid: textOf(attributes, "conversationSid") };
}

/** What links a task to its conversation, and Flex UI needs to let an agent in. */
export const flexSids = [
  "conversationSid",
  "flexInteractionSid",
  "flexInteractionChannelSid",
  "flexChannelInviteSid",
] as const;

/** Whether a conversation is open: an inactive one keeps its pair of numbers, and wakes with the next message. */
export function isOpen({ state }: Pick<ConversationInstance, "state">): boolean {
  return state !== "closed";
}

import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { openConversation } from "../../conversations/acts.ts";
import { needDefaultService } from "../../conversations/defaultService.ts";
import { inviteTo } from "./inviting.ts";
import { type Interaction, interaction, interactionChannel, type Routing } from "./kinds.ts";
import type { ChannelRequest } from "./request.ts";

export interface InteractionRequest {
  readonly channel: ChannelRequest;
  readonly routing?: Routing | undefined;
  readonly contextSid?: string | null;
  readonly webhookTtid?: string | null;
}

/**
 * Begins an interaction: its task is there at once, and its channel is set up after it. One that no customer began gets a
 * conversation of its own.
 *
 * @throws TwilioError as TaskRouter does when the task can't be made
 */
export function openInteraction(context: Context, request: InteractionRequest): Document<Interaction> {
  const { channel, routing } = request;
  const conversationSid = channel.conversationSid ?? openOwn(context);
  const channelSid = context.newSid("UO");
  const interactions = context.of(interaction);
  const opened = interactions.insert(context.accountSid, {
    channel: { type: channel.type, sid: channelSid },
    task_sid: null,
    interaction_context_sid: request.contextSid ?? null,
    webhook_ttid: request.webhookTtid ?? null,
  });
  const made = context.of(interactionChannel).insert(
    opened.sid,
    {
      type: channel.type,
      status: "setup",
      error_code: null,
      error_message: null,
      conversation_sid: conversationSid,
      initiated_by: channel.initiatedBy,
      outsiders: [...channel.outsiders],
      last_routing: null,
      last_worker: null,
    },
    channelSid,
  );
  if (routing === undefined) return opened;
  const invited = inviteTo(context, made, routing);
  return interactions.amend(opened, { ...opened.fields, task_sid: invited.fields.task_sid });
}

function openOwn(context: Context): string {
  return openConversation(context, needDefaultService(context).sid).sid;
}

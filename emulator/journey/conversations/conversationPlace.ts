import type { Context } from "../../kernel/context.ts";
import { channel } from "../../products/chat/kinds.ts";
import { say } from "../../products/conversations/acts.ts";
import { conversation, scopedWebhook } from "../../products/conversations/kinds.ts";
import { bindingsIn } from "../../products/conversations/binding.ts";
import { openInteraction } from "../../products/flex/interactions/openInteraction.ts";
import { channelTypes, type ChannelType } from "../../products/flex/interactions/kinds.ts";
import { task } from "../../products/taskrouter/stored/kinds.ts";
import type { Place } from "../studio/place.ts";

/** Conversations, for the flows that talk in them. */
export const conversationPlace: Place = {
  has: (context, sid) => context.of(conversation).get(sid) !== undefined,
  say(context, conversationSid, { from, body, attributes }) {
    const sent = say(context, conversationSid, {
      ...(from === "" ? {} : { Author: from }),
      Body: body,
      ...(attributes === "" ? {} : { Attributes: attributes }),
    });
    const serviceSid = context.of(channel).get(conversationSid)?.parentSid ?? "";
    return {
      Sid: sent.sid,
      Body: body,
      From: from,
      ChannelSid: conversationSid,
      ConversationSid: conversationSid,
      InstanceSid: serviceSid,
    };
  },
  /** An Interaction, which Flex UI needs to let an agent in. */
  makeTask(context, conversationSid, { workspaceSid, workflowSid, ...asked }) {
    const opened = openInteraction(context, {
      channel: {
        type: channelTypeOf(context, conversationSid),
        initiatedBy: "customer",
        conversationSid,
        outsiders: [],
      },
      routing: {
        workspace_sid: workspaceSid,
        workflow_sid: workflowSid,
        task_channel: asked.taskChannel,
        attributes: asked.attributes,
        priority: asked.priority,
        timeout: asked.timeout,
      },
    });
    const made = context.of(task).get(opened.fields.task_sid ?? "");
    if (made === undefined) throw new Error(`Interaction ${opened.sid} has no task`);
    return made;
  },
  /** Its webhook is deleted, so that the flow gets no more of the conversation's messages. */
  letGo(context, { trigger }) {
    const told = trigger.data["message"] as { WebhookSid?: string } | undefined;
    const webhook = context.of(scopedWebhook).get(told?.WebhookSid ?? "");
    if (webhook !== undefined) context.of(scopedWebhook).remove(webhook);
  },
};

/** How a conversation is held, as Interactions call it; without anybody's address it is a web chat. */
function channelTypeOf(context: Context, conversationSid: string): ChannelType {
  const [bound] = bindingsIn(context, conversationSid);
  return channelTypes.find((type) => type === bound?.fields.type) ?? (bound === undefined ? "web" : "chat");
}

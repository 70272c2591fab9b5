import { channel } from "../../products/chat/kinds.ts";
import { say } from "../../products/conversations/acts.ts";
import { conversation, scopedWebhook } from "../../products/conversations/kinds.ts";
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
  /** Its webhook is deleted, so that the flow gets no more of the conversation's messages. */
  letGo(context, { trigger }) {
    const told = trigger.data["message"] as { WebhookSid?: string } | undefined;
    const webhook = context.of(scopedWebhook).get(told?.WebhookSid ?? "");
    if (webhook !== undefined) context.of(scopedWebhook).remove(webhook);
  },
};

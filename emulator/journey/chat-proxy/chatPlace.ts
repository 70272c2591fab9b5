import { channel, channelWebhook, message } from "../../products/chat/kinds.ts";
import { setAttributes } from "../../products/flex/openChannel.ts";
import type { Place } from "../studio/place.ts";

/** Chat channels, for the flows that talk in them. */
export const chatPlace: Place = {
  has: (context, sid) => context.of(channel).get(sid) !== undefined,
  say(context, channelSid, { from, body, attributes }) {
    const sent = context.of(message).create(channelSid, {
      From: from,
      Body: body,
      ...(attributes === "" ? {} : { Attributes: attributes }),
    });
    return { Sid: sent.sid, Body: body, From: from, ChannelSid: channelSid };
  },
  /**
   * Its webhook is deleted, so that the flow gets no more of its messages, and the task's SID stands in its attributes,
   * as `taskSid` (what the key is called is known from other people's code only).
   */
  letGo(context, { trigger, channel_sid: channelSid }, taskSid) {
    const told = trigger.data["message"] as { WebhookSid?: string } | undefined;
    const webhook = context.of(channelWebhook).get(told?.WebhookSid ?? "");
    if (webhook !== undefined) context.of(channelWebhook).remove(webhook);
    if (channelSid !== null) setAttributes(context, channelSid, { taskSid });
  },
};

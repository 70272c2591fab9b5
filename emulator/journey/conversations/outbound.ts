import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { addMessage } from "../../products/api/addMessage.ts";
import { refusalOfReceiver, refusalOfSender } from "../../products/api/sender.ts";
import { channel, type Message } from "../../products/chat/kinds.ts";
import { bindingsIn } from "../../products/conversations/binding.ts";
import { receipt } from "../../products/conversations/kinds.ts";
import { note, noteError } from "../shared/journal.ts";

/** Sends what is said in a conversation to all who take part by text but its author, from the number that they know. */
export function sendOut(context: Context, said: Document<Message>): void {
  const { parentSid: conversationSid, fields } = said;
  if (context.of(channel).get(conversationSid) === undefined) return;
  for (const { sid: participantSid, fields: bound } of bindingsIn(context, conversationSid)) {
    const { type, address: to, proxy_address: from } = bound;
    if (type !== "sms" || to === null || from === null || to === fields.from) continue;
    // The number may have been released since they joined: Twilio sends nothing from one that is not the account's.
    const error = refusalOfSender(context, from) ?? refusalOfReceiver(context, from, to);
    const sent = addMessage(context, {
      from,
      to,
      body: fields.body,
      mediaUrls: mediaOf(fields.attributes),
      direction: "outbound-api",
      status: error === undefined ? "queued" : "failed",
      error,
    });
    context.of(receipt).insert(said.sid, {
      conversation_sid: conversationSid,
      participant_sid: participantSid,
      channel_message_sid: sent.sid,
      status: error === undefined ? "sent" : "failed",
      error_code: error?.code ?? 0,
    });
    const text = `Message of ${fields.from} sent to ${to}`;
    if (error === undefined) note(context, conversationSid, "outbound", text, sent.sid);
    else
      noteError(
        context,
        conversationSid,
        "outbound",
        error.code,
        `Message of ${fields.from} not sent to ${to}: ${error.message}`,
        sent.sid,
      );
  }
}

function mediaOf(attributes: string): string[] {
  const parsed: unknown = JSON.parse(attributes);
  const media = typeof parsed === "object" && parsed !== null && "media" in parsed ? parsed.media : undefined;
  return Array.isArray(media)
    ? media.filter((url): url is string => typeof url === "string" && URL.canParse(url))
    : [];
}

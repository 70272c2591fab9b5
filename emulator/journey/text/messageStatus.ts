import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Answer, sendWebhook, type Webhook } from "../../kernel/webhook.ts";
import type { Message } from "../../products/api/kinds.ts";
import { noteError } from "../shared/journal.ts";

/** What the answers of status callbacks are for. */
export const statusAnswer = "messageStatus";

/** Tells a message's status callback of its status. */
export function tellStatus(context: Context, { sid, accountSid, fields }: Document<Message>): void {
  const { status_callback: url, status, from, to, error_code: code, messaging_service_sid: service } = fields;
  if (url === null) return;
  sendWebhook(context, {
    url,
    form: {
      SmsSid: sid,
      SmsStatus: status,
      MessageStatus: status,
      To: to,
      From: from,
      MessageSid: sid,
      AccountSid: accountSid,
      ApiVersion: "2010-04-01",
      ...(service === null ? {} : { MessagingServiceSid: service }),
      ...(code === null ? {} : { ErrorCode: String(code) }),
    },
    purpose: statusAnswer,
    data: { messageSid: sid },
  });
}

/** Nothing waits for this answer; that nobody took it is worth a note. */
export function onStatusAnswer(
  context: Context,
  { fields: { url, data } }: Document<Webhook>,
  { status, failure }: Answer,
): void {
  if (status >= 200 && status < 400) return;
  noteError(
    context,
    String(data["messageSid"]),
    "outbound",
    11200,
    `Status callback ${url} failed: ${failure ?? status}`,
  );
}

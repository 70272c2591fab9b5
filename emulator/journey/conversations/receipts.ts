import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { Message, MessageStatus } from "../../products/api/kinds.ts";
import { type Receipt, receipt } from "../../products/conversations/kinds.ts";

/** The statuses of a text that a receipt has, too. */
const statuses: Partial<Record<MessageStatus, Receipt["status"]>> = {
  sent: "sent",
  delivered: "delivered",
  undelivered: "undelivered",
  failed: "failed",
  read: "read",
};

/** Keeps what became of a text that somebody in a conversation was sent. */
export function followText(context: Context, { sid, fields }: Document<Message>): void {
  const found = context.of(receipt).find("channel_message_sid", sid);
  const status = statuses[fields.status];
  if (found === undefined || status === undefined || status === found.fields.status) return;
  context.of(receipt).update(found, { ...found.fields, status, error_code: fields.error_code ?? 0 });
}

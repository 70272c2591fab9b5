import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { sendWebhook } from "../../kernel/webhook.ts";
import type { Message } from "../../products/api/kinds.ts";
import { configurationOf } from "../../products/conversations/defaultService.ts";
import { webhooksOf } from "./settings.ts";

/** What the answers of pre-webhooks are for. */
export const preAnswer = "conversationPreEvent";

/** What is to happen once a pre-webhook has answered. */
export interface Where {
  readonly messageSid: string;
  /** Not there where a Messaging Service opens the conversation by itself. */
  readonly addressSid?: string;
  readonly serviceSid: string;
}

const event = "onConversationAdd";

/**
 * Asks the pre-webhook before a text opens a conversation; whether there is one to ask. It is the only event that is
 * asked about: what a text adds to a conversation, and what programs do, is not.
 */
export function askBefore(context: Context, { fields }: Document<Message>, where: Where): boolean {
  const asked = webhooksOf(context, where.serviceSid).find(
    ({ pre_webhook_url, filters }) => pre_webhook_url !== null && filters?.includes(event) === true,
  );
  if (asked?.pre_webhook_url == null) return false;
  sendWebhook(context, {
    url: asked.pre_webhook_url,
    method: asked.method === "GET" ? "GET" : "POST",
    form: {
      EventType: event,
      AccountSid: context.accountSid,
      ChatServiceSid: where.serviceSid,
      MessagingServiceSid: configurationOf(context).default_messaging_service_sid ?? "",
      "MessagingBinding.Address": fields.from,
      "MessagingBinding.ProxyAddress": fields.to,
      MessageBody: fields.body,
      Source: "SMS",
      RetryCount: "0",
    },
    purpose: preAnswer,
    data: { ...where },
  });
  return true;
}

import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { sendWebhook } from "../../kernel/webhook.ts";
import { type ScopedWebhook, scopedWebhook, type Webhooks } from "../../products/conversations/kinds.ts";
import { message } from "../../products/chat/kinds.ts";
import type { Flows } from "../studio/run.ts";
import { type ConversationEvent, messageAdded } from "./conversationEvents.ts";
import { runFlow } from "./flow.ts";
import { webhooksOf } from "./settings.ts";

/** What the answers of the webhooks are for. */
export const conversationAnswer = "conversationEvent";

/** Tells those who want to know of an event: the account's webhook, the service's, then the conversation's. */
export function tell(flows: Flows, context: Context, event: ConversationEvent): void {
  const { parentSid: serviceSid, sid } = event.conversation;
  for (const webhooks of webhooksOf(context, serviceSid)) tellAll(context, event, webhooks);
  for (const webhook of context.of(scopedWebhook).all(sid)) tellOne(flows, context, event, webhook);
}

/** Tells a webhook that has just come of the messages that it wants again: the one of that index, and those after it. */
export function replay(flows: Flows, context: Context, webhook: Document<ScopedWebhook>): void {
  const { replay_after: from } = webhook.fields.configuration;
  if (from === undefined) return;
  for (const said of context.of(message).all(webhook.parentSid)) {
    const event = said.fields.index < from ? undefined : messageAdded(said, context);
    // A flow that has handed over takes its webhook away.
    if (event !== undefined && context.of(scopedWebhook).get(webhook.sid) !== undefined)
      tellOne(flows, context, event, webhook);
  }
}

function tellAll(context: Context, event: ConversationEvent, webhooks: Webhooks): void {
  if (webhooks.post_webhook_url === null || webhooks.filters?.includes(event.name) !== true) return;
  send(context, event, webhooks.post_webhook_url, webhooks.method);
}

function tellOne(
  flows: Flows,
  context: Context,
  event: ConversationEvent,
  { sid, fields: { target, configuration } }: Document<ScopedWebhook>,
): void {
  const { url = "", method, filters = [], triggers = [], flow_sid = "" } = configuration;
  const isMessage = event.name === "onMessageAdded";
  if (target === "studio") {
    if (isMessage) runFlow(flows, context, event, sid, flow_sid);
    return;
  }
  const body = event.form["Body"]?.toLowerCase() ?? "";
  const isWanted =
    target === "webhook"
      ? filters.includes(event.name)
      : isMessage && triggers.some((word) => body.includes(word.toLowerCase()));
  if (isWanted) send(context, event, url, method, { WebhookSid: sid, WebhookType: target });
}

function send(
  context: Context,
  event: ConversationEvent,
  url: string,
  method: string | null | undefined,
  more: Record<string, string> = {},
): void {
  sendWebhook(context, {
    url,
    method: method?.toUpperCase() === "GET" ? "GET" : "POST",
    form: { ...event.form, ...more, RetryCount: "0" },
    purpose: conversationAnswer,
    data: { conversation: event.conversation.sid },
  });
}

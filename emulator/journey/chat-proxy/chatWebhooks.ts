import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { sendWebhook } from "../../kernel/webhook.ts";
import {
  channelWebhook,
  type ChannelWebhook,
  type Configuration,
  service,
} from "../../products/chat/kinds.ts";
import { attributesOf } from "../../products/flex/openChannel.ts";
import { activeExecution, newExecution } from "../../products/studio/execution.ts";
import { execution } from "../../products/studio/kinds.ts";
import { asTrigger, type ChatEvent } from "./chatEvents.ts";
import { note, noteError } from "../shared/journal.ts";
import type { Flows } from "../studio/run.ts";
import { answerReply } from "../studio/reply.ts";

/** What the answers of chat's webhooks are for. */
export const chatAnswer = "chatEvent";

/** Tells those who want to know of an event: the service's webhook, then the channel's. */
export function tell(flows: Flows, context: Context, event: ChatEvent): void {
  const settings = context.of(service).get(event.serviceSid)?.fields;
  if (settings?.post_webhook_url != null && settings.webhook_filters?.includes(event.name) === true)
    send(context, event, {
      url: settings.post_webhook_url,
      method: settings.webhook_method ?? "POST",
      retry_count: settings.post_webhook_retry_count,
    });
  if (event.channel === undefined) return;
  for (const webhook of context.of(channelWebhook).all(event.channel.sid))
    tellWebhook(flows, context, event, webhook);
}

function tellWebhook(
  flows: Flows,
  context: Context,
  event: ChatEvent,
  { sid, fields }: Document<ChannelWebhook>,
): void {
  const { type, configuration } = fields;
  const isMessage = event.name === "onMessageSent";
  if (type === "studio") {
    if (isMessage) runFlow(flows, context, event, sid, configuration.flow_sid ?? "");
    return;
  }
  const body = event.form["Body"]?.toLowerCase() ?? "";
  const isWanted =
    type === "webhook"
      ? configuration.filters?.includes(event.name) === true
      : isMessage && configuration.triggers?.some((word) => body.includes(word.toLowerCase())) === true;
  if (isWanted) send(context, event, configuration, { WebhookSid: sid, WebhookType: type });
}

function send(
  context: Context,
  event: ChatEvent,
  { url = "", method = "POST", retry_count: retries = 0 }: Configuration,
  more: Record<string, string> = {},
): void {
  sendWebhook(context, {
    url,
    method: method === "GET" ? "GET" : "POST",
    form: { ...event.form, ...more, RetryCount: "0" },
    retries,
    purpose: chatAnswer,
    data: { conversation: event.channel?.sid ?? event.serviceSid },
  });
}

/** Gives a message to the flow of a channel: to the execution that it is in, or a new one. */
function runFlow(
  flows: Flows,
  context: Context,
  event: ChatEvent,
  webhookSid: string,
  flowSid: string,
): void {
  const { channel: joined } = event;
  if (joined === undefined) return;
  const { serviceNumber } = attributesOf(joined);
  const flowAddress = typeof serviceNumber === "string" ? serviceNumber : flowSid;
  // What the flow itself says leads nowhere.
  if (event.form["From"] === flowAddress) return;
  const message = asTrigger(event, webhookSid);
  // A contact is a channel here, so that somebody may be in several conversations at once.
  const active = activeExecution(context, flowSid, joined.sid);
  if (active !== undefined) {
    if (answerReply(flows, context, active, message))
      note(
        context,
        joined.sid,
        "studio",
        "Message given to the Studio execution that waited for it",
        active.sid,
      );
    return;
  }
  try {
    const fields = newExecution(context, flowSid, {
      contact: joined.sid,
      flowAddress,
      trigger: { event: "incomingMessage", data: { message } },
      initiatedBy: event.form["MessageSid"] ?? joined.sid,
      channelSid: joined.sid,
    });
    context.of(execution).insert(flowSid, fields);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, joined.sid, "studio", error.code, `The flow did not run: ${error.message}`, flowSid);
  }
}

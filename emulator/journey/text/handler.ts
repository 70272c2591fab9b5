import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Answer, sendWebhook, type Webhook, type WebhookProblem } from "../../kernel/webhook.ts";
import { addMessage } from "../../products/api/addMessage.ts";
import { media, type Message, message } from "../../products/api/kinds.ts";
import { mediaUrl } from "../../products/api/media.ts";
import { note, noteError } from "../shared/journal.ts";
import { readReplies } from "./twiml.ts";

/** Where a message goes, and where when that fails. */
export interface HandlerUrl {
  readonly url: string;
  readonly method: string;
  /** Empty: nowhere. */
  readonly fallbackUrl: string;
  readonly fallbackMethod: string;
}

/** What the answers of handlers are for. */
export const handlerAnswer = "messageHandler";

/** A handler has so many milliseconds for its answer. */
const timeout = 15_000;

/** Gives a message to a handler of the account's own, by a signed request. */
export function callHandler(context: Context, received: Document<Message>, handler: HandlerUrl): void {
  note(context, received.sid, "handler", `Message handed to ${handler.url}`);
  sendWebhook(context, {
    url: handler.url,
    method: methodOf(handler.method),
    form: messageForm(context, received),
    timeout,
    purpose: handlerAnswer,
    data: {
      messageSid: received.sid,
      fallbackUrl: handler.fallbackUrl,
      fallbackMethod: handler.fallbackMethod,
    },
  });
}

/** What Twilio tells a handler of a message. */
export function messageForm(
  context: Context,
  { sid, accountSid, fields }: Document<Message>,
): Record<string, string> {
  const form: Record<string, string> = {
    MessageSid: sid,
    SmsMessageSid: sid,
    SmsSid: sid,
    AccountSid: accountSid,
    From: fields.from,
    To: fields.to,
    Body: fields.body,
    NumMedia: fields.num_media,
    NumSegments: fields.num_segments,
    SmsStatus: fields.status,
    ApiVersion: fields.api_version,
  };
  if (fields.messaging_service_sid !== null) form["MessagingServiceSid"] = fields.messaging_service_sid;
  context
    .of(media)
    .all(sid)
    .forEach((item, index) => {
      form[`MediaUrl${index}`] = mediaUrl(item);
      form[`MediaContentType${index}`] = item.fields.content_type;
    });
  return form;
}

/** Does what a handler answers, or turns to its fallback. */
export function onHandlerAnswer(
  context: Context,
  { fields: { url, data } }: Document<Webhook>,
  answer: Answer,
): WebhookProblem | undefined {
  const received = context.of(message).get(String(data["messageSid"]));
  if (received === undefined) return undefined;
  if (answer.status >= 200 && answer.status < 300) return reply(context, received, answer, url);
  const problem = {
    code: 11200,
    message: `${url} failed: ${answer.failure ?? `it answered ${answer.status}`}`,
  };
  noteError(context, received.sid, "handler", problem.code, problem.message);
  const { fallbackUrl = "", fallbackMethod = "POST" } = data as {
    fallbackUrl?: string;
    fallbackMethod?: string;
  };
  if (fallbackUrl === "") return problem;
  note(context, received.sid, "handler", `Message handed to the fallback, ${fallbackUrl}`);
  sendWebhook(context, {
    url: fallbackUrl,
    method: methodOf(fallbackMethod),
    form: { ...messageForm(context, received), ErrorCode: String(problem.code), ErrorUrl: url },
    timeout,
    purpose: handlerAnswer,
    data: { messageSid: received.sid },
  });
  return problem;
}

function methodOf(method: string): "GET" | "POST" {
  return method.toUpperCase() === "GET" ? "GET" : "POST";
}

function reply(
  context: Context,
  received: Document<Message>,
  { body, contentType }: Answer,
  url: string,
): WebhookProblem | undefined {
  note(context, received.sid, "handler", `${url} took the message`);
  const { replies, error } = readReplies(body, contentType);
  if (error !== undefined)
    noteError(context, received.sid, "handler", error.code, `${url} answered ${error.text}`);
  for (const { text, to, mediaUrls } of replies) {
    const sent = addMessage(context, {
      from: received.fields.to,
      to: to ?? received.fields.from,
      body: text,
      mediaUrls,
      direction: "outbound-reply",
      status: "queued",
      messagingServiceSid: received.fields.messaging_service_sid,
    });
    note(context, received.sid, "outbound", "Handler's reply sent", sent.sid);
  }
  return error && { code: error.code, message: `${url} answered ${error.text}` };
}

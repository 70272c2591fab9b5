import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Answer, sendWebhook, type Webhook, type WebhookProblem } from "../../kernel/webhook.ts";
import { addMessage } from "../../products/api/addMessage.ts";
import { media, type Message, message } from "../../products/api/kinds.ts";
import { mediaUrl } from "../../products/api/media.ts";
import { isOwned } from "../../products/api/sender.ts";
import { note, noteError } from "../shared/journal.ts";
import { type Continuation, readTwiml, type TwimlMessage } from "./twiml.ts";

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
  const session = data as unknown as Session;
  const received = context.of(message).get(session.messageSid);
  if (received === undefined) return undefined;
  if (answer.status < 200 || answer.status >= 300) {
    const text = `${url} failed: ${answer.failure ?? `it answered ${answer.status}`}`;
    return giveUp(context, received, session, { code: 11200, message: text }, url);
  }
  if (answer.isTooLong === true) {
    const text = `${url} answered more than 64 kB, which is no TwiML`;
    return giveUp(context, received, session, { code: 11750, message: text }, url);
  }
  note(context, received.sid, "handler", `${url} took the message`);
  const { error, ...twiml } = readTwiml(answer.body, answer.contentType, url);
  if (error !== undefined) {
    const problem = { code: error.code, message: `${url} answered ${error.text}` };
    return giveUp(context, received, session, problem, url);
  }
  const problems = twiml.warnings.map(({ code, text }) => ({ code, message: `${url} answered ${text}` }));
  const { sent, refused } = sendReplies(context, received, session, twiml.replies, url);
  problems.push(...refused);
  const replies = (session.replies ?? 0) + sent.length;
  const last = sent.at(-1);
  // An action is told of its message: without that there is nothing to tell.
  if (twiml.next !== undefined && (twiml.next.by === "Redirect" || last !== undefined)) {
    const gone = goOn(context, received, { ...session, replies }, twiml.next, last);
    if (gone !== undefined) problems.push(gone);
  }
  for (const { code, message: text } of problems) noteError(context, received.sid, "handler", code, text);
  return problems[0];
}

/** What is known of the answering of one message. */
interface Session {
  readonly messageSid: string;
  /** Empty or not there: none. */
  readonly fallbackUrl?: string;
  readonly fallbackMethod?: string;
  /** Documents that TwiML led to so far. */
  readonly documents?: number;
  /** Messages sent in answer so far. */
  readonly replies?: number;
}

/** Says what went wrong, and asks the fallback where there is one. */
function giveUp(
  context: Context,
  received: Document<Message>,
  { fallbackUrl = "", fallbackMethod = "POST" }: Session,
  problem: WebhookProblem,
  url: string,
): WebhookProblem {
  noteError(context, received.sid, "handler", problem.code, problem.message);
  if (fallbackUrl === "") return problem;
  note(context, received.sid, "handler", `Message handed to the fallback, ${fallbackUrl}`);
  sendWebhook(context, {
    url: fallbackUrl,
    method: methodOf(fallbackMethod),
    form: { ...messageForm(context, received), ErrorCode: String(problem.code), ErrorUrl: withoutUser(url) },
    timeout,
    purpose: handlerAnswer,
    data: { messageSid: received.sid },
  });
  return problem;
}

/** A name and password are for the handler, not for its fallback. */
function withoutUser(given: string): string {
  const url = new URL(given);
  if (url.username === "" && url.password === "") return given;
  url.username = url.password = "";
  return url.href;
}

/** Twilio answers a message with so many at most (14109). */
const maxReplies = 10;
/** Twilio reads so many documents at most in answer to a message (14106). */
const maxDocuments = 50;

function sendReplies(
  context: Context,
  received: Document<Message>,
  { replies: before = 0 }: Session,
  replies: readonly TwimlMessage[],
  url: string,
): { sent: Document<Message>[]; refused: WebhookProblem[] } {
  const sent: Document<Message>[] = [];
  const refused: WebhookProblem[] = [];
  const refuse = (code: number, what: string): void =>
    void refused.push({ code, message: `${url} answered ${what}, which is not sent` });
  for (const { text, to = received.fields.from, from = received.fields.to, ...reply } of replies) {
    if (before + sent.length >= maxReplies) {
      refuse(14109, `more than ${maxReplies} messages to one`);
      break;
    }
    if (!/^\+[1-9]\d{6,14}$/.test(to)) refuse(14101, `a message to ${to.slice(0, 64)}, no phone number`);
    else if (from !== received.fields.to && !isOwned(context, from))
      refuse(14102, `a message from ${from.slice(0, 64)}, no number of the account`);
    else {
      const added = addMessage(context, {
        from,
        to,
        body: text,
        mediaUrls: reply.mediaUrls,
        direction: "outbound-reply",
        status: "queued",
        messagingServiceSid: received.fields.messaging_service_sid,
        statusCallback: reply.statusCallback ?? null,
      });
      note(context, received.sid, "outbound", "Handler's reply sent", added.sid);
      sent.push(added);
    }
  }
  return { sent, refused };
}

/** Asks the URL that TwiML leads to: it answers as the handler did. */
function goOn(
  context: Context,
  received: Document<Message>,
  session: Session,
  { url, method, by }: Continuation,
  last: Document<Message> | undefined,
): WebhookProblem | undefined {
  const documents = (session.documents ?? 1) + 1;
  if (documents > maxDocuments)
    return { code: 14106, message: `More than ${maxDocuments} documents were led to; ${url} is not asked` };
  note(context, received.sid, "handler", `${by === "Redirect" ? "Redirected" : "Reply told"} to ${url}`);
  const told: Record<string, string> =
    by === "Redirect" || last === undefined
      ? {}
      : { MessageSid: last.sid, SmsSid: last.sid, MessageStatus: last.fields.status };
  sendWebhook(context, {
    url,
    method,
    form: { ...messageForm(context, received), ...told },
    timeout,
    purpose: handlerAnswer,
    data: { ...session, documents },
  });
  return undefined;
}

function methodOf(method: string): "GET" | "POST" {
  return method.toUpperCase() === "GET" ? "GET" : "POST";
}

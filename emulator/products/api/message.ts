import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { findDocument, readInput, render } from "../../kernel/crud.ts";
import { invalid } from "../../kernel/errors.ts";
import { boolean, integer, list, oneOf, type Parameter, sid, text, url } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { service as messagingService } from "../messaging/service.ts";
import { addMedia } from "./media.ts";
import { chooseSender, refuseReceiver } from "./sender.ts";
import { timeFilters } from "./timeRange.ts";

export type MessageStatus =
  | "accepted"
  | "scheduled"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed"
  | "canceled"
  | "receiving"
  | "received"
  | "read";

export interface Message {
  from: string;
  to: string;
  body: string;
  num_segments: string;
  num_media: string;
  direction: "inbound" | "outbound-api" | "outbound-reply";
  status: MessageStatus;
  messaging_service_sid: string | null;
  error_code: number | null;
  error_message: string | null;
  price: string | null;
  price_unit: string;
  api_version: string;
  /** Milliseconds since 1970; null until it is sent. */
  sent: number | null;
  /** Who is told of each new status. */
  status_callback: string | null;
}

/** Twilio's longest text, in characters: longer ones are refused, not cut. */
const maxBodyLength = 1600;
/** What a message may carry besides text. */
const maxMedia = 10;

/** What becomes of a message that goes out, and after how many milliseconds. Every phone gets what is sent to it. */
const progress: Partial<Record<MessageStatus, { to: MessageStatus; after: number }>> = {
  accepted: { to: "queued", after: 50 },
  queued: { to: "sent", after: 100 },
  sent: { to: "delivered", after: 500 },
};

/** Parameters that are taken and, as no phone company is asked, change nothing. */
const unheeded = {
  MaxPrice: text({ field: null }),
  ProvideFeedback: boolean({ field: null }),
  Attempt: integer({ field: null, min: 1 }),
  ValidityPeriod: integer({ field: null, min: 1, max: 36_000 }),
  ForceDelivery: boolean({ field: null }),
  ContentRetention: oneOf(["retain", "discard"], { field: null }),
  AddressRetention: oneOf(["retain", "obfuscate"], { field: null }),
  SmartEncoded: boolean({ field: null }),
  PersistentAction: list(text(), { field: null }),
  TrafficType: oneOf(["free"], { field: null }),
  ShortenUrls: boolean({ field: null }),
  SendAsMms: boolean({ field: null }),
  RiskCheck: oneOf(["enable", "disable"], { field: null }),
  ContentVariables: text({ field: null }),
} as const satisfies Record<string, Parameter>;

export const message: Resource<Message> = resource<Message>({
  kind: "api.Message",
  prefix: "SM",
  otherPrefixes: ["MM"],
  path: "/2010-04-01/Accounts/{AccountSid}/Messages.json",
  listKey: "messages",
  operations: ["fetch", "list", "delete"],
  newestFirst: true,
  parameters: {
    To: text({ field: null }),
    From: text({ field: null }),
    MessagingServiceSid: sid("MG", { field: null }),
    Body: text({ field: null, empty: "" }),
    MediaUrl: list(url(), { field: null, max: maxMedia }),
    ContentSid: sid("HX", { field: null }),
    StatusCallback: url({ field: null }),
    ApplicationSid: sid("AP", { field: null }),
    ScheduleType: oneOf(["fixed"], { field: null }),
    SendAt: text({ field: null }),
    ...unheeded,
  },
  hidden: ["sent", "status_callback"],
  links: { media: "/Media" },
  filters: {
    To: { field: "to" },
    From: { field: "from" },
    ...timeFilters("DateSent", ({ fields }: Document<Message>) => fields.sent),
  },
  render: ({ fields }) => ({
    date_sent: fields.sent === null ? null : new Date(fields.sent).toUTCString().replace("GMT", "+0000"),
  }),
  due: ({ updated, fields: { status } }) => {
    const next = progress[status];
    return next === undefined ? undefined : updated + next.after;
  },
  onDue(document, context) {
    const next = progress[document.fields.status];
    if (next === undefined) return;
    const sent = next.to === "sent" ? context.now : document.fields.sent;
    context.of(message).update(document, { ...document.fields, status: next.to, sent });
  },
  beforeDelete({ sid: messageSid, fields }) {
    if (!isFinal(fields.status))
      throw invalid(`Message ${messageSid} can't be deleted: it is ${fields.status}`, 20009);
  },
});

/** Whether a status is the last one of its message. */
export function isFinal(status: MessageStatus): boolean {
  return ["delivered", "undelivered", "failed", "canceled", "received", "read"].includes(status);
}

/** A message to be stored. */
export interface NewMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
  readonly direction: Message["direction"];
  readonly status: MessageStatus;
  readonly messagingServiceSid?: string | null;
  readonly statusCallback?: string | null;
  /** Why it failed. */
  readonly error?: { readonly code: number; readonly message: string } | undefined;
}

/** Stores a message, `MM…` when it has media and `SM…` else, with its media. */
export function addMessage(context: Context, given: NewMessage): Document<Message> {
  const { from, to, body, mediaUrls = [], direction, status } = given;
  const isMedia = mediaUrls.length > 0;
  const added = context.of(message).insert(
    context.accountSid,
    {
      from,
      to,
      body,
      num_segments: isMedia ? "1" : String(segments(body)),
      num_media: String(mediaUrls.length),
      direction,
      status,
      messaging_service_sid: given.messagingServiceSid ?? null,
      error_code: given.error?.code ?? null,
      error_message: given.error?.message ?? null,
      price: null,
      price_unit: "USD",
      api_version: "2010-04-01",
      // What comes in was sent when it came.
      sent: status === "received" ? context.now : null,
      status_callback: given.statusCallback ?? null,
    },
    context.newSid(isMedia ? "MM" : "SM"),
  );
  for (const mediaUrl of mediaUrls) addMedia(context, added.sid, mediaUrl);
  return added;
}

/** Answers a create: takes a message that goes out by itself. */
export function createMessage(request: RequestContext): Reply {
  const { context } = request;
  const input = readInput(request, message, "create");
  const given = (name: string): string | undefined => {
    const value = input[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const to = given("To");
  if (to === undefined) throw invalid("A 'To' phone number is required.", 21604);
  const serviceSid = given("MessagingServiceSid");
  const body = given("Body");
  const mediaUrls = mediaOf(input["MediaUrl"]);
  const service = serviceSid === undefined ? undefined : context.of(messagingService).get(serviceSid);
  if (serviceSid !== undefined && service === undefined)
    throw invalid(`The Messaging Service ${serviceSid} does not exist`, 21701);
  const from = chooseSender(context, to, given("From"), service?.sid);
  if (given("ContentSid") !== undefined)
    throw invalid("There are no content templates in the local Twilio", 21656);
  if (body === undefined && mediaUrls.length === 0) throw invalid("Message body is required.", 21602);
  if ((body ?? "").length > maxBodyLength)
    throw invalid(`The concatenated message body exceeds the ${maxBodyLength} character limit`, 21617);
  refuseReceiver(context, from, to);
  const added = addMessage(context, {
    from,
    to,
    body: body ?? "",
    mediaUrls,
    direction: "outbound-api",
    status: serviceSid === undefined ? "queued" : "accepted",
    messagingServiceSid: serviceSid ?? null,
    statusCallback: given("StatusCallback") ?? service?.fields.status_callback ?? null,
  });
  return { status: 201, body: render(added, message, request) };
}

function mediaOf(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((item): item is string => typeof item === "string") : [];
}

/** Answers an update: `Body=` blanks the text, and that is all there is to change. */
export function updateMessage(request: RequestContext): Reply {
  const { context, form } = request;
  const found = findDocument(request, message);
  const status = form.get("Status")?.[0];
  if (status !== undefined && status !== "") {
    // Only scheduled messages can be canceled, and the local Twilio sends all at once.
    throw invalid(`Message ${found.sid} can't be canceled: it is ${found.fields.status}`, 30409);
  }
  const body = form.get("Body")?.[0];
  if (body === undefined) throw invalid("Missing required parameter Body in the post body");
  if (body !== "") throw invalid("Body can only be redacted: send an empty one", 20001);
  if (!isFinal(found.fields.status))
    throw invalid(`Message ${found.sid} can't be redacted: it is ${found.fields.status}`, 20009);
  const redacted = context.of(message).update(found, { ...found.fields, body: "" });
  return { status: 200, body: render(redacted, message, request) };
}

/** Parts of a text on its way: 160 characters of the GSM alphabet or 70 of any other, a little less when there are several. */
export function segments(body: string): number {
  const isGsm = /^[\x20-\x5a\x5f\x61-\x7a\n\r£¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà¡]*$/u.test(body);
  const [single, several] = isGsm ? [160, 153] : [70, 67];
  return body.length <= single ? 1 : Math.ceil(body.length / several);
}

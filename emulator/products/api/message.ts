import { findDocument, readInput, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import {
  boolean,
  codedUrl,
  integer,
  list,
  oneOf,
  type Parameter,
  sid,
  text,
  url,
} from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { type Message, message, type MessageStatus, textLimits } from "./kinds.ts";
import { sendMessage } from "./sendMessage.ts";
import { timeFilters } from "./timeRange.ts";

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
  MessageIntent: text({ field: null }),
  // Of use where a receiver can't be reached over RCS, and every phone gets its SMS.
  FallbackFrom: text({ field: null }),
  ContentVariables: text({ field: null }),
} as const satisfies Record<string, Parameter>;

export const messageResource = resource(message, {
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
    // https://www.twilio.com/docs/api/errors/21620
    MediaUrl: codedUrl(21620, list(url(), { field: null, max: textLimits.media })),
    ContentSid: sid("HX", { field: null }),
    StatusCallback: codedUrl(21609, url({ field: null })),
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
  whenDue: ({ fields: { status } }) =>
    `the message, which is ${status}, becomes ${progress[status]?.to ?? status}`,
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

/** Answers a create: takes a message that goes out by itself. */
export function createMessage(request: RequestContext): Reply {
  const { context } = request;
  const input = readInput(request, messageResource, "create");
  const given = (name: string): string | undefined => {
    const value = input[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const added = sendMessage(context, {
    to: given("To"),
    from: given("From"),
    messagingServiceSid: given("MessagingServiceSid"),
    body: given("Body"),
    mediaUrls: mediaOf(input["MediaUrl"]),
    contentSid: given("ContentSid"),
    statusCallback: given("StatusCallback"),
  });
  return { status: 201, body: render(added, messageResource, request) };
}

function mediaOf(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((item): item is string => typeof item === "string") : [];
}

/** Answers an update: `Body=` blanks the text, and that is all there is to change. */
export function updateMessage(request: RequestContext): Reply {
  const { context, form } = request;
  const found = findDocument(request, messageResource);
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
  return { status: 200, body: render(redacted, messageResource, request) };
}

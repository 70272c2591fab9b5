import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { createDocument, findParentSid, readInput, readParameters, render } from "../../kernel/crud.ts";
import { invalid } from "../../kernel/errors.ts";
import { first } from "../../kernel/form.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { dateTime, integer, list, oneOf, parseJson, text } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { linkParticipants, participant } from "./participant.ts";
import { service } from "./service.ts";

export type SessionStatus = "open" | "in-progress" | "closed" | "failed" | "unknown";

export interface Session {
  unique_name: string | null;
  /** In seconds from the last interaction, or else from the creation; 0: it does not expire. */
  ttl: number;
  mode: "message-only" | "voice-only" | "voice-and-message";
  status: SessionStatus;
  /** `api`, `expired`; empty while the session is not over. */
  closed_reason: string;
  date_started: string | null;
  date_ended: string | null;
  date_last_interaction: string | null;
  /** Explicit, or what `ttl` makes of the last interaction. */
  date_expiry: string | null;
  /** Whether `date_expiry` was given: then `ttl` has no say. */
  has_explicit_expiry: boolean;
}

const statuses = ["open", "in-progress", "closed", "failed", "unknown"];

export const session: Resource<Session> = resource<Session>({
  kind: "proxy.Session",
  prefix: "KC",
  path: "/v1/Services/{ServiceSid}/Sessions",
  parent: () => service,
  listKey: "sessions",
  operations: ["fetch", "list", "update", "delete"],
  parameters: {
    UniqueName: text({ on: "create", max: 191 }),
    DateExpiry: dateTime(),
    Ttl: integer({ min: 0, default: 0 }),
    Mode: oneOf(["message-only", "voice-only", "voice-and-message"], {
      on: "create",
      default: "voice-and-message",
    }),
    Status: oneOf(statuses, { default: "open" }),
    Participants: list(text(), { on: "create", field: null }),
  },
  unique: [
    {
      field: "unique_name",
      taken: (name) => invalid(`Session unique name ${JSON.stringify(name)} is already in use`, 80603),
    },
  ],
  hidden: ["has_explicit_expiry"],
  links: { interactions: "/Interactions", participants: "/Participants" },
  beforeWrite({ fields, parentSid, previous, input }, context) {
    if (previous === undefined) {
      Object.assign(fields, {
        closed_reason: "",
        date_started: null,
        date_ended: null,
        date_last_interaction: null,
        has_explicit_expiry: false,
      });
      if (input["Ttl"] === undefined)
        fields.ttl = context.of(service).get(parentSid)?.fields.default_ttl ?? 0;
    }
    if (input["DateExpiry"] !== undefined) fields.has_explicit_expiry = true;
    changeStatus(fields, previous?.fields.status, context);
    if (!fields.has_explicit_expiry && fields.status !== "closed") fields.date_expiry = expiryOf(fields);
  },
  due: (found) => {
    const { date_expiry } = found.fields;
    return date_expiry === null || !isActive(found) ? undefined : Date.parse(date_expiry);
  },
  onDue: ({ sid }, context) => closeSession(context, sid, "expired"),
  afterUpdate(updated, previous, context) {
    if (isActive(updated) !== isActive(previous)) linkParticipants(context, updated);
  },
});

/** What a change of status brings with it. @throws TwilioError 80608 for one that can't be */
function changeStatus(fields: Session, before: SessionStatus | undefined, context: Context): void {
  const { status } = fields;
  if (status === before) return;
  const now = isoDate(context.now);
  if (status === "closed") {
    fields.closed_reason = "api";
    fields.date_ended = now;
    return;
  }
  if (before === undefined && status === "open") return;
  // A session that was closed goes on where it was; only new ones are open.
  if (status !== "in-progress")
    throw invalid(`Session status can't be changed from ${before ?? "none"} to ${status}`, 80608);
  fields.date_started ??= now;
  fields.date_ended = null;
  fields.closed_reason = "";
}

/** Answers a create: with its participants, when they are given. */
export function createSession(request: RequestContext): Reply {
  const { context } = request;
  const input = readInput(request, session, "create");
  const created = createDocument(context, session, findParentSid(request, session), input);
  for (const given of Array.isArray(input["Participants"]) ? (input["Participants"] as unknown[]) : []) {
    const parsed = parseJson(String(given), "Participants");
    if (!isJsonObject(parsed)) throw invalid("Participants must be JSON objects");
    addParticipant(context, created, parsed);
  }
  return { status: 201, body: render(created, session, request) };
}

function addParticipant(context: Context, { sid }: Document<Session>, given: JsonObject): void {
  const form = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(given)) {
    const known = Object.keys(participant.parameters).find(
      (parameter) => parameter.toLowerCase() === name.toLowerCase(),
    );
    if (known !== undefined && typeof value === "string") form.set(known, [value]);
  }
  if (first(form, "Identifier") === undefined) throw invalid("Participants: Identifier is missing");
  createDocument(context, participant, sid, readParameters(form, participant, "create"));
}

/** Records that somebody said something: the session starts, or lives longer. */
export function touch(context: Context, { sid }: Document<Session>): void {
  const sessions = context.of(session);
  const found = sessions.get(sid);
  if (found === undefined) return;
  const now = isoDate(context.now);
  const fields = { ...found.fields, status: "in-progress" as const, date_last_interaction: now };
  fields.date_started ??= now;
  if (!fields.has_explicit_expiry) fields.date_expiry = expiryOf(fields);
  sessions.update(found, fields);
}

/** Ends a session, if it is not over; `expired` is our word for what Twilio does not document. */
export function closeSession(context: Context, sessionSid: string, reason: string): void {
  const found = context.of(session).get(sessionSid);
  if (found === undefined || !isActive(found)) return;
  const closed = context.of(session).update(found, {
    ...found.fields,
    status: "closed",
    closed_reason: reason,
    date_ended: isoDate(context.now),
  });
  linkParticipants(context, closed);
}

/** Whether messages pass through a session. */
export function isActive({ fields }: Document<Session>): boolean {
  return fields.status === "open" || fields.status === "in-progress";
}

/** Until nothing was said there is no expiry, even with a time to live. */
function expiryOf({ ttl, date_last_interaction: last }: Session): string | null {
  return ttl === 0 || last === null ? null : isoDate(Date.parse(last) + ttl * 1000);
}

function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19) + "Z";
}

import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { type Session, session, type SessionStatus } from "./kinds.ts";
import { isActive, linkParticipants } from "./pair.ts";

/** What a change of status brings with it. @throws TwilioError 80608 for one that can't be */
export function changeStatus(fields: Session, before: SessionStatus | undefined, context: Context): void {
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

/** Until nothing was said there is no expiry, even with a time to live. */
export function expiryOf({ ttl, date_last_interaction: last }: Session): string | null {
  return ttl === 0 || last === null ? null : isoDate(Date.parse(last) + ttl * 1000);
}

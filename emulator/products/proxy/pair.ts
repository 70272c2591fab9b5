import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { isSid } from "../../kernel/sid.ts";
import { type Participant, participant, type Session } from "./kinds.ts";

/** The participant of an active session who is known by `identifier` and writes to `number`. */
export function findByPair(
  context: Context,
  serviceSid: string,
  identifier: string,
  number: string,
): Document<Participant> | undefined {
  return context.of(participant).find("active_pair", pairOf(serviceSid, identifier, number));
}

/** Makes the participants of a session found by messages, or no longer. @throws TwilioError 80604 */
export function linkParticipants(context: Context, within: Document<Session>): void {
  const participants = context.of(participant);
  for (const found of participants.all(within.sid)) {
    const { identifier, proxy_identifier: number } = found.fields;
    const isLinked = isActive(within) && found.fields.date_deleted === null;
    const active_pair = isLinked ? pairOf(within.parentSid, identifier, number) : null;
    if (active_pair !== found.fields.active_pair)
      participants.update(found, { ...found.fields, active_pair });
  }
}

export function pairOf(serviceSid: string, identifier: string, number: string): string {
  return `${serviceSid} ${identifier} ${number}`;
}

/** Whether an identifier is a chat channel's SID. */
export function isChannel(identifier: string): boolean {
  return isSid(identifier, "CH");
}

/** Whether messages pass through a session. */
export function isActive({ fields }: Document<Session>): boolean {
  return fields.status === "open" || fields.status === "in-progress";
}

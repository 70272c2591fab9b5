import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Document } from "../../kernel/document.ts";
import { participant, type Participant, session } from "../../products/proxy/kinds.ts";

/**
 * What an out-of-session callback is told of the last session in which somebody was known by `identifier` and wrote to
 * `number`; nothing when there was none.
 */
export function lastSessionForm(
  context: Context,
  serviceSid: string,
  sender: { readonly identifier: string; readonly number: string },
): Record<string, string> {
  for (const last of context.of(session).scan({ parent: serviceSid, descending: true })) {
    const inbound = context.of(participant).find("identifier", sender.identifier, last.sid);
    if (inbound === undefined || inbound.fields.proxy_identifier !== sender.number) continue;
    const outbound = context
      .of(participant)
      .all(last.sid)
      .find(({ sid }) => sid !== inbound.sid);
    const { fields } = last;
    return given({
      sessionSid: last.sid,
      sessionAccountSid: last.accountSid,
      sessionServiceSid: serviceSid,
      sessionUniqueName: fields.unique_name,
      sessionStatus: fields.status,
      sessionMode: fields.mode,
      sessionClosedReason: fields.closed_reason,
      sessionDateCreated: isoDate(last.created),
      sessionDateUpdated: isoDate(last.updated),
      sessionDateStarted: fields.date_started,
      sessionDateEnded: fields.date_ended,
      sessionDateLastInteraction: fields.date_last_interaction,
      ttl: String(fields.ttl),
      ...participantForm("inbound", inbound, serviceSid),
      ...(outbound === undefined ? {} : participantForm("outbound", outbound, serviceSid)),
    });
  }
  return {};
}

function participantForm(
  side: "inbound" | "outbound",
  { sid, accountSid, parentSid, created, updated, fields }: Document<Participant>,
  serviceSid: string,
): Record<string, string | null> {
  const all = {
    Sid: sid,
    AccountSid: accountSid,
    ServiceSid: serviceSid,
    SessionSid: parentSid,
    Identifier: fields.identifier,
    FriendlyName: fields.friendly_name,
    ProxyIdentifier: fields.proxy_identifier,
    ProxyIdentifierSid: fields.proxy_identifier_sid,
    DateCreated: isoDate(created),
    DateUpdated: isoDate(updated),
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`${side}Participant${name}`, value]));
}

function given(form: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ""),
  );
}

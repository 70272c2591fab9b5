import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { channel as chatChannel, message, type Message } from "../../products/chat/kinds.ts";
import { attributesOf } from "../../products/flex/openChannel.ts";
import { deliver } from "../../products/proxy/delivery.ts";
import { addInteraction } from "../../products/proxy/interaction.ts";
import { participant, phoneNumber, session } from "../../products/proxy/kinds.ts";
import { isActive } from "../../products/proxy/pair.ts";
import { touch } from "../../products/proxy/sessionStatus.ts";
import { intercept } from "./intercept.ts";
import { note, noteError } from "../shared/journal.ts";

/** Goes on with a message that the intercept callback was asked about. */
export function sendIntercepted(context: Context, { resourceSid, interactionSid }: JsonObject): void {
  const said = context.of(message).get(String(resourceSid));
  if (said !== undefined) sendOn(context, said, String(interactionSid));
}

/**
 * Sends what somebody other than the customer says in a conversation's channel on to the customer's phone. Once the
 * intercept callback has let it pass, it has the SID of its interaction.
 */
export function sendOn(context: Context, said: Document<Message>, interactionSid?: string): void {
  const joined = context.of(chatChannel).get(said.parentSid);
  if (joined === undefined) return;
  const { proxySession } = attributesOf(joined);
  if (typeof proxySession !== "string") return;
  const within = context.of(session).get(proxySession);
  const participants = within === undefined ? [] : context.of(participant).all(within.sid);
  const { from, body, attributes } = said.fields;
  if (participants.some(({ fields }) => fields.identifier === from)) return;
  const inner = participants.find(({ fields }) => fields.identifier === joined.sid);
  const customer = participants.find(({ sid, fields }) => sid !== inner?.sid && fields.date_deleted === null);
  if (within === undefined || !isActive(within) || inner === undefined || customer === undefined)
    return noteError(
      context,
      joined.sid,
      "outbound",
      80607,
      `${from} wrote, and nobody got it: Proxy session ${proxySession} is closed or gone`,
      said.sid,
    );
  const { proxy_identifier: number, proxy_identifier_sid: numberSid } = customer.fields;
  if (context.of(phoneNumber).get(numberSid ?? "")?.parentSid !== within.parentSid)
    return noteError(
      context,
      joined.sid,
      "outbound",
      80620,
      `${from} wrote, and nobody got it: ${number} is not in the number pool of Proxy service ${within.parentSid}`,
      said.sid,
    );
  const inbound = {
    participantSid: inner.sid,
    resourceSid: said.sid,
    resourceStatus: "sent",
    resourceUrl: `https://chat.twilio.com/v2/Services/${joined.parentSid}/Channels/${joined.sid}/Messages/${said.sid}`,
  };
  const passing = { inbound, within, body, conversation: joined.sid };
  if (interactionSid === undefined && intercept(context, passing, "out")) return;
  const outbound = deliver(context, customer, { author: from, body, mediaUrls: mediaOf(attributes) });
  addInteraction(context, within.sid, { inbound, outbound, body, sid: interactionSid });
  touch(context, within);
  note(
    context,
    joined.sid,
    "outbound",
    `Message of ${from} sent to ${customer.fields.identifier}`,
    outbound.resourceSid,
  );
}

function mediaOf(attributes: string): string[] {
  const { media } = JSON.parse(attributes) as { media?: unknown };
  return Array.isArray(media)
    ? media.filter((url): url is string => typeof url === "string" && URL.canParse(url))
    : [];
}

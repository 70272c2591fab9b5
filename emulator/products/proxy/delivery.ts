import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { addMessage } from "../api/addMessage.ts";
import { refusalOfReceiver } from "../api/sender.ts";
import { channel, message as chatMessage } from "../chat/kinds.ts";
import { mediaAttributes } from "../chat/message.ts";
import type { InteractionEnd } from "./interaction.ts";
import type { Participant } from "./kinds.ts";
import { isChannel } from "./pair.ts";

/** What is passed on, and who said it. */
export interface Passed {
  readonly author: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
}

/** Hands a message to a participant: into their chat channel, or to their phone. @throws TwilioError when it can't be */
export function deliver(context: Context, to: Document<Participant>, passed: Passed): InteractionEnd {
  const { identifier, proxy_identifier: number } = to.fields;
  return isChannel(identifier)
    ? deliverToChannel(context, to, passed)
    : deliverToPhone(context, to, { ...passed, number });
}

function deliverToPhone(
  context: Context,
  to: Document<Participant>,
  { body, mediaUrls, number }: Passed & { number: string },
): InteractionEnd {
  const refusal = refusalOfReceiver(context, number, to.fields.identifier);
  const sent = addMessage(context, {
    from: number,
    to: to.fields.identifier,
    body,
    mediaUrls,
    direction: "outbound-api",
    status: refusal === undefined ? "queued" : "failed",
    error: refusal,
  });
  return {
    participantSid: to.sid,
    resourceSid: sent.sid,
    resourceStatus: sent.fields.status,
    resourceUrl: `https://api.twilio.com/2010-04-01/Accounts/${context.accountSid}/Messages/${sent.sid}`,
  };
}

function deliverToChannel(
  context: Context,
  to: Document<Participant>,
  { author, body, mediaUrls = [] }: Passed,
): InteractionEnd {
  const { identifier: channelSid } = to.fields;
  const serviceSid = context.of(channel).get(channelSid)?.parentSid ?? "";
  const sent = context.of(chatMessage).create(channelSid, {
    From: author,
    Body: body,
    Attributes: mediaAttributes(mediaUrls),
  });
  return {
    participantSid: to.sid,
    resourceSid: sent.sid,
    resourceStatus: "sent",
    resourceUrl: `https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${channelSid}/Messages/${sent.sid}`,
  };
}

import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { addMessage } from "../../products/api/addMessage.ts";
import {
  incomingPhoneNumber,
  type IncomingPhoneNumber,
  type Message,
  message,
} from "../../products/api/kinds.ts";
import { heedKeyword } from "../../products/api/optOut.ts";
import { callHandler, type HandlerUrl } from "./handler.ts";
import { note, noteError } from "../shared/journal.ts";
import { serviceOfSender } from "./senderService.ts";

/** A message from somebody's phone. */
export interface Inbound {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
}

/** An address of Twilio's own that numbers are set to, and who gets their messages. */
export interface Receiver {
  /** Matches the SIDs of the account and of whom the address names. */
  readonly address: RegExp;
  take(
    context: Context,
    received: Document<Message>,
    number: Document<IncomingPhoneNumber>,
    sid: string,
  ): void;
}

/** Whoever has a claim on a message before the URL that its number is set to. */
export interface Taker {
  /** Takes the message when it is theirs, and says whether it was. */
  take(context: Context, received: Document<Message>): boolean;
}

/** What a number is given when it leaves a pool. It is in the internet, where what is simulated has no place. */
const placeholder = /^https:\/\/demo\.twilio\.com\//;

/**
 * The setting that says whether the number's own URL gets a message, too, that somebody has taken. Twilio's pages
 * contradict each other; it was seen to happen, and who finds out here can still do something about it.
 */
export const numberUrlToo = "numberUrlToo";

/** Takes a message that came in; what the number is set to decides what happens with it. @throws TwilioError */
export function receive(
  context: Context,
  inbound: Inbound,
  receivers: readonly Receiver[],
  takers: readonly Taker[],
): Document<Message> {
  const { from, to, body, mediaUrls } = inbound;
  if (from === to) throw invalid("The 'To' and 'From' numbers can't be the same.", 21266);
  const number = context.of(incomingPhoneNumber).find("phone_number", to);
  if (number === undefined)
    throw invalid(`${to} is no number of the account; a message to it would not come in here`, 21606);
  const received = addMessage(context, {
    from,
    to,
    body,
    mediaUrls,
    direction: "inbound",
    status: "received",
  });
  note(context, received.sid, "number", `Message received on ${to}`, received.sid);
  heedKeyword(context, received.fields);
  const isTaken = takers.some((taker) => taker.take(context, received));
  if (isTaken && context.setting(numberUrlToo, 1) === 0) return received;
  const target = targetOf(context, number);
  if ("nobody" in target) {
    if (isTaken) return received;
    noteError(context, received.sid, "handler", 0, target.nobody, number.sid);
    return received;
  }
  const { serviceSid: messaging_service_sid } = target;
  const owned = context.of(message).amend(received, { ...received.fields, messaging_service_sid });
  hand(context, owned, number, target.handler, receivers);
  return owned;
}

function hand(
  context: Context,
  received: Document<Message>,
  number: Document<IncomingPhoneNumber>,
  handler: HandlerUrl,
  receivers: readonly Receiver[],
): void {
  for (const { address, take } of receivers) {
    const [, account, sid] = address.exec(handler.url) ?? [];
    if (account === undefined || sid === undefined) continue;
    if (account === context.accountSid) take(context, received, number, sid);
    else
      noteError(context, received.sid, "handler", 11200, `${handler.url} is of another account`, number.sid);
    return;
  }
  callHandler(context, received, handler);
}

type Target =
  { readonly handler: HandlerUrl; readonly serviceSid: string | null } | { readonly nobody: string };

/** Who is to get messages to a number: its messaging service, unless that leaves it to the number, or its own URL. */
function targetOf(context: Context, { sid, fields }: Document<IncomingPhoneNumber>): Target {
  const service = serviceOfSender(context, sid);
  const serviceSid = service?.sid;
  if (service?.fields.autocreates_conversations === true)
    return { nobody: `Messaging Service ${service.sid} opens conversations: no URL is called` };
  if (service !== undefined && !service.fields.use_inbound_webhook_on_number) {
    const { inbound_request_url: url, inbound_method, fallback_url, fallback_method } = service.fields;
    if (url === null)
      return { nobody: `Messaging Service ${service.sid} has no InboundRequestUrl: nobody gets the message` };
    return {
      handler: {
        url,
        method: inbound_method,
        fallbackUrl: fallback_url ?? "",
        fallbackMethod: fallback_method,
      },
      serviceSid: service.sid,
    };
  }
  if (fields.sms_application_sid !== "")
    return {
      nobody: `Application ${fields.sms_application_sid} gets the number's messages; the local Twilio has none`,
    };
  if (fields.sms_url === "")
    return { nobody: `${fields.phone_number} has no SmsUrl: nobody gets the message` };
  if (placeholder.test(fields.sms_url))
    return {
      nobody: `${fields.phone_number} has only Twilio's placeholder as SmsUrl, ${fields.sms_url}: nobody gets the message`,
    };
  return {
    handler: {
      url: fields.sms_url,
      method: fields.sms_method,
      fallbackUrl: fields.sms_fallback_url,
      fallbackMethod: fields.sms_fallback_method,
    },
    serviceSid: serviceSid ?? null,
  };
}

import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { service as messagingService } from "../messaging/kinds.ts";
import { addMessage } from "./addMessage.ts";
import { type Message, textLimits } from "./kinds.ts";
import { chooseSender, refuseReceiver } from "./sender.ts";

/** A message that somebody wants sent. */
export interface Outgoing {
  readonly to: string | undefined;
  readonly from: string | undefined;
  readonly messagingServiceSid?: string | undefined;
  readonly body: string | undefined;
  readonly mediaUrls?: readonly string[];
  /** SID of a content template. */
  readonly contentSid?: string | undefined;
  readonly statusCallback?: string | undefined;
}

/** Takes a message that goes out by itself, as the API does, whoever asks for it. @throws TwilioError */
export function sendMessage(context: Context, given: Outgoing): Document<Message> {
  const { to, messagingServiceSid: serviceSid, body, mediaUrls = [] } = given;
  if (to === undefined) throw invalid("A 'To' phone number is required.", 21604);
  const service = serviceSid === undefined ? undefined : context.of(messagingService).get(serviceSid);
  if (serviceSid !== undefined && service === undefined)
    throw invalid(`The Messaging Service ${serviceSid} does not exist`, 21701);
  const from = chooseSender(context, to, given.from, service?.sid);
  if (given.contentSid !== undefined)
    throw invalid("There are no content templates in the local Twilio", 21656);
  if (body === undefined && mediaUrls.length === 0) throw invalid("Message body is required.", 21602);
  if ((body ?? "").length > textLimits.body)
    throw invalid(`The concatenated message body exceeds the ${textLimits.body} character limit`, 21617);
  refuseReceiver(context, from, to);
  return addMessage(context, {
    from,
    to,
    body: body ?? "",
    mediaUrls,
    direction: "outbound-api",
    status: serviceSid === undefined ? "queued" : "accepted",
    messagingServiceSid: serviceSid ?? null,
    statusCallback: given.statusCallback ?? service?.fields.status_callback ?? null,
  });
}

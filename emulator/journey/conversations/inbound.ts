import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { Answer, Webhook, WebhookProblem } from "../../kernel/webhook.ts";
import { media, message, type Message } from "../../products/api/kinds.ts";
import { service } from "../../products/chat/kinds.ts";
import { mediaAttributes } from "../../products/chat/message.ts";
import { addHandler, addTexter, openConversation, say } from "../../products/conversations/acts.ts";
import { holderOf } from "../../products/conversations/binding.ts";
import { defaultService } from "../../products/conversations/defaultService.ts";
import { address, type Address } from "../../products/conversations/kinds.ts";
import { note, noteError } from "../shared/journal.ts";
import type { Taker } from "../text/inbound.ts";
import { autocreatorOf } from "../text/senderService.ts";
import { askBefore, type Where } from "./preWebhook.ts";

type Opener = Document<Address>;

/** Takes a text of somebody who is in a conversation with that number, or for whom one is to be opened. */
export const conversationTaker: Taker = {
  take(context, received) {
    const { from, to } = received.fields;
    const holder = holderOf(context, from, to);
    if (holder !== undefined) {
      add(context, received, holder.fields.conversation_sid);
      return true;
    }
    const known = context.of(address).find("address", to);
    const isOfTexts = known?.fields.type.toLowerCase() === "sms";
    if (isOfTexts && known.fields.auto_creation.enabled) {
      begin(context, received, known);
      return true;
    }
    if (isOfTexts)
      note(context, received.sid, "number", `Address ${known.sid} is not enabled: it opens no conversation`);
    const creator = autocreatorOf(context, to);
    if (creator === undefined) return false;
    note(context, received.sid, "number", `Messaging Service ${creator.sid} opens a conversation for nobody`);
    const serviceSid = defaultService(context)?.sid;
    if (serviceSid !== undefined) open(context, received, { messageSid: received.sid, serviceSid });
    return true;
  },
};

function begin(context: Context, received: Document<Message>, { sid: addressSid, fields }: Opener): void {
  const serviceSid = fields.auto_creation.conversation_service_sid ?? defaultService(context)?.sid;
  if (serviceSid === undefined || context.of(service).get(serviceSid) === undefined)
    return noteServiceGone(context, received, { addressSid, serviceSid });
  const where = { messageSid: received.sid, addressSid, serviceSid };
  if (!askBefore(context, received, where)) open(context, received, where);
}

function noteServiceGone(
  context: Context,
  received: Document<Message>,
  {
    addressSid,
    serviceSid = "(default)",
  }: { addressSid?: string | undefined; serviceSid: string | undefined },
): void {
  const of = addressSid === undefined ? "" : ` of address ${addressSid}`;
  const text = `No conversation was opened: service ${serviceSid}${of} does not exist`;
  noteError(context, received.sid, "chat", 20404, text, addressSid);
}

/** Opens the conversation once nobody objects. */
function open(context: Context, received: Document<Message>, { addressSid, serviceSid }: Where): void {
  const { from, to } = received.fields;
  // The next text may have come, or the address gone, while the webhook was asked.
  const holder = holderOf(context, from, to);
  if (holder !== undefined) return add(context, received, holder.fields.conversation_sid);
  const known = addressSid === undefined ? undefined : context.of(address).get(addressSid);
  if (addressSid !== undefined && known === undefined)
    return noteError(
      context,
      received.sid,
      "chat",
      20404,
      `No conversation was opened: address ${addressSid} was deleted while the pre-webhook was asked`,
    );
  if (context.of(service).get(serviceSid) === undefined)
    return noteServiceGone(context, received, { addressSid, serviceSid });
  try {
    const { sid } = openConversation(context, serviceSid);
    const by = known === undefined ? "a Messaging Service" : `address ${known.sid}`;
    note(context, sid, "chat", `Conversation opened by ${by}`, sid);
    if (known !== undefined) addHandler(context, sid, known.fields.auto_creation);
    addTexter(context, sid, from, to);
    add(context, received, sid);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, received.sid, "chat", error.code, `No conversation was opened: ${error.message}`);
  }
}

/** Goes on once the pre-webhook has answered. */
export function onPreAnswer(
  context: Context,
  { fields: { url, data } }: Document<Webhook>,
  { status, failure }: Answer,
): WebhookProblem | undefined {
  const where = data as unknown as Where;
  const received = context.of(message).get(where.messageSid);
  if (received === undefined) return undefined;
  if (status >= 400 && status < 500) {
    const text = `Pre-webhook ${url} answered ${status} to onConversationAdd: the message gets into no conversation`;
    noteError(context, received.sid, "webhook", 0, text);
    return undefined;
  }
  let problem: WebhookProblem | undefined;
  if (status < 200 || status >= 300) {
    const message = `Pre-webhook ${url} gave no answer in time (${failure ?? status}): the conversation is opened`;
    noteError(context, received.sid, "webhook", 50076, message);
    problem = { code: 50076, message };
  }
  open(context, received, where);
  return problem;
}

function add(context: Context, received: Document<Message>, conversationSid: string): void {
  const { from, body } = received.fields;
  const urls = context
    .of(media)
    .all(received.sid)
    .map(({ fields }) => fields.source);
  // The entry comes before those of what the message leads to.
  note(
    context,
    received.sid,
    "chat",
    `Message put into conversation ${conversationSid}`,
    conversationSid,
    conversationSid,
  );
  say(context, conversationSid, { Author: from, Body: body, Attributes: mediaAttributes(urls) });
}

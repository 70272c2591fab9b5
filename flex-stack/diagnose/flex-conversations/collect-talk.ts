import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { MessageInstance as TextInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import type { MessageInstance } from "twilio/lib/rest/conversations/v1/service/conversation/message.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { beginning, candidates } from "../collect.ts";
import type { End } from "../end.ts";
import { channelTypeOf, textsSince, timeOf, tolerance } from "../journey.ts";
import { placeholder } from "../number-handler.ts";
import { permitted } from "../permitted.ts";
import { autoCreationOf, bindingOf, opens } from "../reads/conversations.ts";
import type { Reads } from "../reads/reads.ts";
import { addressOf, type Repair } from "../repair.ts";
import { findTalkExecution } from "./find-execution.ts";
import { findTask } from "./find-task.ts";
import { interactionIn, type Talk } from "./talk.ts";

/** A conversation, and what a text is in it. */
interface Found {
  readonly conversationSid: string;
  readonly conversation: ConversationInstance | undefined;
  readonly said?: MessageInstance | undefined;
}

/**
 * Finds what a message, task or conversation went through in Flex Conversations; nothing when it is in none of them. What
 * Twilio refuses to tell is left out; the step that it matters to says so.
 */
export async function collectTalk(end: End, reads: Reads): Promise<Talk | undefined> {
  const found =
    (await conversationNamed(end, reads)) ??
    (await permitted(() => conversationOf(end, [reads.place.chatServiceSid], reads)));
  return found === undefined ? undefined : talkIn(end, found, reads);
}

/**
 * The same for a text that is in no conversation of Flex's service, and in no chat: when it was one for Flex Conversations,
 * as its number says.
 */
export async function collectUnheld(end: End, reads: Reads, repair: Repair): Promise<Talk | undefined> {
  const { message, customer, number } = end;
  if (message === undefined || customer === undefined || number === undefined) return undefined;
  const address = await permitted(async () => ({ found: await reads.conversations.address(number) }));
  const elsewhere = await permitted(() => conversationElsewhere(end, address?.found, reads));
  if (elsewhere !== undefined) return talkIn(end, elsewhere, reads);
  const held = await permitted(() => conversationOfTask(customer, number, reads));
  if (held !== undefined) return talkIn(end, held, reads);
  const isOpening = address?.found !== undefined && opens(address.found);
  // One that is off is a record only, and so is one that may not be seen where somebody else gets the texts.
  const isMeant =
    address === undefined || address.found !== undefined || repair.declared(addressOf(number)) !== undefined;
  const isForConversations = isOpening || (isMeant && (await isUnhandledNumber(number, reads)));
  if (!isForConversations) return undefined;
  const isInbound = message.direction === "inbound";
  return {
    ...nothing,
    message: isInbound ? message : undefined,
    outbound: isInbound ? undefined : message,
    customer,
    number,
    address: address?.found,
  };
}

/** The conversation of a text in a service that is not Flex's: of the Address, or one that had the pair before. */
async function conversationElsewhere(
  end: End,
  address: AddressConfigurationInstance | undefined,
  reads: Reads,
): Promise<Found | undefined> {
  if (address === undefined) return undefined;
  const named = await serviceOf(autoCreationOf(address), reads);
  const found = await conversationOf(end, [named], reads);
  if (found !== undefined) return found;
  const others = (await reads.conversations.services()).map(({ sid }) => sid);
  return conversationOf(
    end,
    others.filter((sid) => sid !== named && sid !== reads.place.chatServiceSid),
    reads,
  );
}

const nothing = {
  conversationSid: undefined,
  conversation: undefined,
  said: undefined,
  execution: undefined,
  taskSid: undefined,
  task: undefined,
  taskAttributes: {},
  interaction: undefined,
} as const;

/** In which service an address opens conversations. */
export async function serviceOf(
  { conversation_service_sid: own }: { readonly conversation_service_sid?: string },
  reads: Reads,
): Promise<string | undefined> {
  return own ?? (await permitted(() => reads.conversations.configuration()))?.defaultChatServiceSid;
}

/** Nobody else gets the texts to a number: what it is bought with is nobody. */
export function isUnhandled({
  smsApplicationSid,
  smsUrl,
}: Pick<IncomingPhoneNumberInstance, "smsApplicationSid" | "smsUrl">): boolean {
  return !smsApplicationSid && (!smsUrl || placeholder.test(smsUrl));
}

async function isUnhandledNumber(number: string, reads: Reads): Promise<boolean> {
  if (channelTypeOf(number) !== "sms") return true;
  const owned = await permitted(() => reads.messaging.number(number));
  return owned !== undefined && isUnhandled(owned);
}

/** The conversation that a task names, or one that was asked for, if it is one of Flex Conversations. */
async function conversationNamed(end: End, reads: Reads): Promise<Found | undefined> {
  const { taskAttributes = {}, channelSid } = end;
  const named = textOf(taskAttributes, "conversationSid");
  if (named !== undefined)
    return { conversationSid: named, conversation: await conversationAt(named, reads) };
  if (channelSid === undefined || (await isOfChat(channelSid, reads))) return undefined;
  const conversation = await conversationAt(channelSid, reads);
  if (conversation === undefined) return undefined;
  return (await isTalk(conversation, reads)) ? { conversationSid: channelSid, conversation } : undefined;
}

async function isOfChat(sid: string, reads: Reads): Promise<boolean> {
  return isFlexChat(parseAttributes((await permitted(() => reads.chat.channel(sid)))?.attributes));
}

/** Chat's channels are conversations, too. Those of Flex are known by what it writes into their attributes. */
export function isFlexChat(attributes: Readonly<Record<string, unknown>>): boolean {
  return (
    textOf(attributes, "proxySession") !== undefined ||
    ("channel_type" in attributes && /^(IN)?ACTIVE$/.test(textOf(attributes, "status") ?? ""))
  );
}

/** Whether somebody texts in a conversation, or something of Conversations hears of it. */
async function isTalk(conversation: ConversationInstance, reads: Reads): Promise<boolean> {
  const participants = await permitted(() => reads.conversations.participants(conversation));
  if (participants?.some((one) => bindingOf(one) !== undefined) === true) return true;
  if (((await permitted(() => reads.conversations.webhooks(conversation))) ?? []).length > 0) return true;
  const like = `conversationSid == "${conversation.sid}"`;
  return ((await permitted(() => reads.taskrouter.tasksLike(like))) ?? []).length > 0;
}

/** A conversation of Flex's service, or else of the account's default one. */
async function conversationAt(sid: string, reads: Reads): Promise<ConversationInstance | undefined> {
  const own = reads.place.chatServiceSid;
  const found = own && (await permitted(() => reads.conversations.conversation(own, sid)));
  if (found) return found;
  const other = await serviceOf({}, reads);
  if (!other || other === own) return undefined;
  return permitted(() => reads.conversations.conversation(other, sid));
}

/** The conversation of services that a text is in. */
async function conversationOf(
  { message, customer, number }: End,
  serviceSids: readonly (string | undefined)[],
  reads: Reads,
): Promise<Found | undefined> {
  if (message === undefined || customer === undefined || number === undefined) return undefined;
  const before = timeOf(message).getTime() + beginning;
  const rows = await participationsOf({ customer, number }, serviceSids, reads);
  const isEarlier = (row: (typeof rows)[number]) => row.conversationDateCreated.getTime() <= before;
  // A later one has it where it was lost, and put in.
  for (const row of [...rows.filter(isEarlier), ...rows.filter((one) => !isEarlier(one))]) {
    const { chatServiceSid, conversationSid } = row;
    const conversation = await reads.conversations.conversation(chatServiceSid, conversationSid);
    if (conversation === undefined) continue;
    const said = (await reads.conversations.messages(conversation)).find((one) =>
      isEarlier(row) ? isReplay(one, message) || isSame(one, message, customer) : isReplay(one, message),
    );
    if (said !== undefined) return { conversationSid, conversation, said };
  }
  return undefined;
}

/** The newest conversations that a customer is in by a pair of numbers, newest first. */
export async function participationsOf(
  { customer, number }: { readonly customer: string; readonly number: string },
  serviceSids: readonly (string | undefined)[],
  reads: Reads,
) {
  const sids = [...new Set(serviceSids.filter((sid) => sid !== undefined))];
  const all = await Promise.all(sids.map((sid) => reads.conversations.participations(sid, customer)));
  return all
    .flat()
    .filter(
      ({ participantMessagingBinding: bound }) =>
        (bound as { proxy_address?: unknown } | null)?.proxy_address === number,
    )
    .sort((one, other) => other.conversationDateCreated.getTime() - one.conversationDateCreated.getTime())
    .slice(0, candidates);
}

/** Whether `migrate reconcile` put a text in that had been lost. */
export function isReplay({ attributes }: MessageInstance, { sid }: Pick<TextInstance, "sid">): boolean {
  return textOf(parseAttributes(attributes), "replayOf") === sid;
}

/** Whether what was said in a conversation is a text: to the customer, or of the customer's. */
function isSame({ author, body, dateCreated }: MessageInstance, text: TextInstance, customer: string) {
  return (
    (author === customer) === (text.direction === "inbound") &&
    (body ?? "") === text.body &&
    Math.abs(dateCreated.getTime() - timeOf(text).getTime()) <= tolerance
  );
}

/** The conversation of a task that is with a customer, where they themselves were taken out of it. */
async function conversationOfTask(
  customer: string,
  number: string,
  reads: Reads,
): Promise<Found | undefined> {
  const tasks = await reads.taskrouter.tasksLike(`customerAddress == "${customer}"`);
  for (const { attributes } of tasks) {
    const conversationSid = interactionIn(parseAttributes(attributes))?.conversationSid;
    const conversation = conversationSid && (await conversationAt(conversationSid, reads));
    if (!conversation) continue;
    const others = (await reads.conversations.participants(conversation)).map(bindingOf);
    // One with another number of ours is another matter.
    if (others.every((bound) => bound?.proxy_address === undefined || bound.proxy_address === number))
      return { conversationSid: conversation.sid, conversation };
  }
  return undefined;
}

async function talkIn(end: End, { conversationSid, conversation, said }: Found, reads: Reads): Promise<Talk> {
  const bound = conversation && (await permitted(() => reads.conversations.participants(conversation)));
  const pair = bound?.map(bindingOf).find((one) => one?.address !== undefined);
  const customer = end.customer ?? pair?.address;
  const number = end.number ?? pair?.proxy_address;
  const isInbound = end.message?.direction === "inbound";
  const outbound = isInbound ? undefined : end.message;
  const last =
    isInbound || conversation === undefined
      ? { said, message: end.message }
      : await lastTextOf({ conversation, customer, number }, reads);
  const address = number && (await permitted(() => reads.conversations.address(number)));
  const execution = await permitted(() =>
    findTalkExecution({ conversationSid, conversation, customer, address: address || undefined }, reads),
  );
  const task = await findTask(end, { conversationSid, conversation, execution }, reads);
  return {
    ...task,
    message: last.message,
    said: last.said,
    outbound,
    customer,
    number,
    address: address || undefined,
    conversationSid,
    conversation,
    execution,
    interaction: interactionIn(task.taskAttributes),
  };
}

/** The last text of the customer in a conversation. */
async function lastTextOf(
  found: {
    readonly conversation: ConversationInstance;
    readonly customer: string | undefined;
    readonly number: string | undefined;
  },
  reads: Reads,
): Promise<Pick<Talk, "said" | "message">> {
  const { conversation, customer, number } = found;
  if (customer === undefined || number === undefined) return { said: undefined, message: undefined };
  const all = (await permitted(() => reads.conversations.messages(conversation))) ?? [];
  const said = all.find(({ author }) => author === customer);
  if (said === undefined) return { said, message: undefined };
  const since = textsSince(conversation);
  const texts =
    (await permitted(() => reads.messaging.messages({ from: customer, to: number, since }))) ?? [];
  const message = texts.find((text) => text.direction === "inbound" && isSame(said, text, customer));
  return { said, message };
}

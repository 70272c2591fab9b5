import type {
  MessageInstance,
  MessageListInstance,
} from "twilio/lib/rest/conversations/v1/service/conversation/message.js";
import type { ParticipantConversationInstance } from "twilio/lib/rest/conversations/v1/service/participantConversation.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { allPages, each } from "./pages.ts";
import { hasMedia } from "./read-chat.ts";
import { take, type Found, type Reading, type Room, type Said } from "./reading.ts";

/** Most messages, and most conversations of somebody, that Twilio gives at once. */
const pageSize = 100;
const participationPageSize = 50;
/** Customers who are looked at at once. */
const atOnce = 8;

/** The attribute of a message that was put in later: the SID of the text that it is. */
export const replayOf = "replayOf";

/** Reads what customers said in the conversations that they are in by a number of ours. */
export async function readConversationsOf(
  customers: Iterable<string>,
  serviceSids: readonly string[],
  reading: Reading,
  found: Found,
): Promise<void> {
  await each(customers, atOnce, async (customer) => {
    for (const serviceSid of serviceSids) {
      const rows = await participations(customer, serviceSid, reading, found);
      for (const row of rows) await readConversation(row, customer, reading, found);
    }
    reading.onCustomer?.();
  });
}

async function participations(
  customer: string,
  serviceSid: string,
  { account, lines }: Reading,
  found: Found,
): Promise<readonly ParticipantConversationInstance[]> {
  const { participantConversations } = account.client.conversations.v1.services(serviceSid);
  const read = await found.of(customer, () =>
    allPages(participantConversations.page({ address: customer, pageSize: participationPageSize })),
  );
  return (read?.items ?? []).filter((row) => lines.includes(lineOf(row) ?? ""));
}

/** Our number that somebody takes part by. */
export function lineOf({ participantMessagingBinding: bound }: ParticipantConversationInstance) {
  const number = (bound as { proxy_address?: unknown } | null)?.proxy_address;
  return typeof number === "string" ? number : undefined;
}

async function readConversation(
  row: ParticipantConversationInstance,
  customer: string,
  reading: Reading,
  found: Found,
): Promise<void> {
  const { conversationSid: sid, chatServiceSid, conversationState, conversationUniqueName } = row;
  const isOpen = conversationState !== "closed";
  if (!isOpen && row.conversationDateUpdated < reading.from) return;
  const { messages } = reading.account.client.conversations.v1.services(chatServiceSid).conversations(sid);
  const read = await found.of(customer, () => readMessages(messages, reading.from));
  if (read === undefined) return;
  const room: Room = {
    world: "conversations",
    sid,
    serviceSid: chatServiceSid,
    customer,
    created: row.conversationDateCreated,
    isOpen,
    uniqueName: conversationUniqueName,
    line: lineOf(row),
  };
  take(found, room, read.said, read.isWhole);
}

/** What was said in a conversation since a time, newest first. */
export async function readMessages(
  messages: Pick<MessageListInstance, "page">,
  since: Date,
): Promise<{ readonly said: readonly Said[]; readonly isWhole: boolean }> {
  // A text that was put in later has the time at which it came in.
  const goesOn = (some: readonly MessageInstance[]): boolean =>
    some.some(({ dateCreated, attributes }) => dateCreated >= since || isOlder(attributes));
  const { items, isWhole } = await allPages<MessageInstance>(
    messages.page({ order: "desc", pageSize }),
    goesOn,
  );
  return { said: items.map(said), isWhole };
}

function isOlder(attributes: string): boolean {
  return textOf(parseAttributes(attributes), replayOf) !== undefined;
}

function said({ index, author, body, media, attributes, dateCreated }: MessageInstance): Said {
  return {
    index,
    author: author ?? "",
    body: body ?? "",
    hasMedia: hasMedia(media, attributes),
    at: dateCreated,
    textSid: textOf(parseAttributes(attributes), replayOf),
  };
}

/** The unique name of the conversation that lost texts are put into. */
export function replayName(firstSid: string): string {
  return `replay-${firstSid}`;
}

/** Whether a conversation was made for lost texts. */
export function isReplay(uniqueName: string | null | undefined): boolean {
  return uniqueName?.startsWith("replay-") === true;
}

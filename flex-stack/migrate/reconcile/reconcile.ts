import type { TwilioAccount } from "../../account/account.ts";
import type { Place } from "../../whereabouts/place.ts";
import { findDoubled } from "./doubled.ts";
import { isKeyword } from "./keyword.ts";
import type { Lines } from "./lines.ts";
import { match, type Matches } from "./match.ts";
import { readChatOf, readChatOfMany, readInteractions } from "./read-chat.ts";
import { isReplay, readConversationsOf } from "./read-conversations.ts";
import { readLog } from "./read-log.ts";
import { Found, type Reading, type Room } from "./reading.ts";
import { servicesOf } from "./services.ts";
import { pairOf, type Reconciliation, type Unknown } from "./reconciliation.ts";
import { isUnfinished } from "./unfinished.ts";
import { tolerance, type Text } from "./text.ts";

/** Whose texts are compared, and of which time. */
export interface Subject {
  readonly number: string;
  readonly since: Date;
  readonly until: Date;
}

/** Is told how far it is. */
export interface Watcher {
  onTexts?(count: number): void;
  /** @param total Customers who wrote; each is looked at in both worlds. */
  onCustomers?(done: number, total: number): void;
}

/** So many customers are looked at one by one in Chat; for more its list of channels is shorter. */
const few = 20;

/**
 * Finds where each text to a number is, among the channels of Programmable Chat and the conversations of Flex
 * Conversations. Reads only. What is refused is said; what it matters to counts as unknown.
 *
 * @throws TwilioError when the Messages log can't be read
 */
export async function reconcile(
  { number, since, until }: Subject,
  account: TwilioAccount,
  place: Place,
  lines: Lines,
  watcher: Watcher = {},
): Promise<Reconciliation> {
  const margin = 2 * tolerance;
  const from = new Date(since.getTime() - margin);
  const to = new Date(until.getTime() + margin);
  const texts = await readLog(account, lines.names, { from, to }, watcher.onTexts);
  const customers = new Set(texts.map((text) => text.from));
  let looked = 0;
  const onCustomer = (): void => watcher.onCustomers?.(Math.ceil(++looked / 2), customers.size);
  const reading: Reading = { account, place, lines: lines.names, from, to, onCustomer };
  const chat = new Found("chat");
  const conversations = new Found("conversations");
  const services = await servicesOf(account, place, lines);
  const isMany = customers.size > few;
  await Promise.all([
    isMany ? readChatOfMany(customers, reading, chat) : readChatOf(customers, reading, chat),
    readConversationsOf(customers, services, reading, conversations),
  ]);
  const talk = match(texts, conversations.entries, conversations.gaps);
  const isMissed = (text: Text, other: Matches): boolean =>
    !talk.entries.has(text) && !other.entries.has(text);
  const missed = (other: Matches): ReadonlySet<string> =>
    new Set(texts.filter((text) => isMissed(text, other)).map((text) => text.from));
  const hear = (): Matches => match(texts, chat.entries, chat.gaps, new Set(talk.entries.keys()));
  let heard = hear();
  const searched = missed(heard);
  if (searched.size > 0) {
    if (isMany) await readChatOf(searched, { ...reading, onCustomer: undefined }, chat);
    heard = hear();
    const known = await readInteractions(missed(heard), reading, chat);
    heard = withKnown(texts, heard, known);
  }
  const asked = texts.filter(({ at }) => at >= since && at <= until);
  return {
    number,
    since,
    until,
    ...(await judged(asked, { chat, conversations, heard, talk }, reading)),
    unfinished: await unfinishedIn(conversations, reading, lines),
    again: talk.again.map(({ textSid = "", place: conversationSid }) => ({ textSid, conversationSid })),
    refused: [...new Set([...lines.refused, ...chat.refused.values(), ...conversations.refused.values()])],
    holders: new Map(
      [...conversations.rooms.values()]
        .filter(({ isOpen }) => isOpen)
        .map((room) => [pairOf(room.customer, room.line ?? ""), room]),
    ),
  };
}

/** What Proxy says of texts that were found in no other way. */
function withKnown(texts: readonly Text[], heard: Matches, known: ReadonlyMap<string, Room>): Matches {
  const entries = new Map(heard.entries);
  for (const text of texts) {
    const room = entries.has(text) ? undefined : known.get(text.sid);
    if (room === undefined) continue;
    const { sid, world } = room;
    entries.set(text, {
      world,
      place: sid,
      author: text.from,
      body: text.body,
      hasMedia: false,
      at: text.at,
    });
  }
  return { ...heard, entries };
}

interface Compared {
  readonly chat: Found;
  readonly conversations: Found;
  readonly heard: Matches;
  readonly talk: Matches;
}

async function judged(
  texts: readonly Text[],
  { chat, conversations, heard, talk }: Compared,
  reading: Reading,
): Promise<Pick<Reconciliation, "counts" | "lost" | "doubled" | "unknown">> {
  const both: { text: Text; channel: Room; conversation: Room }[] = [];
  const lost: Text[] = [];
  const unknown: Unknown[] = [];
  const counts = { chat: 0, conversations: 0, keywords: 0 };
  for (const text of texts) {
    const channel = chat.rooms.get(heard.entries.get(text)?.place ?? "");
    const conversation = conversations.rooms.get(talk.entries.get(text)?.place ?? "");
    const gap = heard.gaps.get(text) ?? talk.gaps.get(text);
    const refused = chat.refused.get(text.from) ?? conversations.refused.get(text.from);
    if (channel !== undefined && conversation !== undefined) both.push({ text, channel, conversation });
    else if (channel !== undefined) counts.chat += 1;
    else if (conversation !== undefined) counts.conversations += 1;
    else if (isKeyword(text.body) && text.media === 0) counts.keywords += 1;
    else if (gap !== undefined)
      unknown.push({ text, why: `A message was removed from ${gap.place} at about that time.` });
    else if (refused !== undefined) unknown.push({ text, why: refused });
    else lost.push(text);
  }
  return {
    counts: { ...counts, doubled: both.length, lost: lost.length, unknown: unknown.length },
    lost,
    doubled: await findDoubled(both, reading),
    unknown,
  };
}

async function unfinishedIn(
  { rooms }: Found,
  reading: Reading,
  { openings }: Lines,
): Promise<Reconciliation["unfinished"]> {
  const begun = [...rooms.values()].filter((room) => room.isOpen && isReplay(room.uniqueName));
  const checked = await Promise.all(
    begun.map(async (room) => ({
      room,
      is: await isUnfinished(room, openings.get(room.line ?? ""), reading.account),
    })),
  );
  return checked.filter(({ is }) => is).map(({ room }) => ({ room }));
}

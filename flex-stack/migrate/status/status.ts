import { TwilioError } from "../../../provider/access.ts";
import { parseAttributes } from "../../account/attributes.ts";
import { refusalFacts, type TwilioAccount } from "../../account/account.ts";
import {
  bindingOf,
  CleanUp,
  hidden,
  isFlexChat,
  openChats,
  opens,
  permitted,
  sessionEnding,
  type OldChat,
  type Reads,
} from "../../diagnose/index.ts";
import type { Configured, Numbered } from "../numbers.ts";
import type { Stage } from "../stage.ts";
import { differences, standingOf, type Standing } from "../standing.ts";
import { wiringOf, worldOf, type World } from "../world.ts";
import { findSplits, type Split } from "./splits.ts";

/** Counts texts to a number that reached neither world since a time: what `migrate reconcile` lists. */
export type CountUnreconciled = (phoneNumber: string, since: Date) => Promise<number>;

/** One number, as it stands. */
export interface NumberStatus {
  readonly number: string;
  readonly phoneNumber: string;
  /** What the configuration says. */
  readonly stage: Stage;
  readonly cut: string | undefined;
  readonly stands: Standing;
  /** Where the account is otherwise than the configuration says, a sentence each. */
  readonly differences: readonly string[];
  /** Of Chat and Proxy; those without a Proxy session are left over, and no text gets into them. */
  readonly openChats: {
    readonly count: number;
    readonly withoutSession: number;
    readonly oldest: string | undefined;
  };
  /** Conversations with the number since the Address was last changed; at least, where there were too many to ask. */
  readonly conversations:
    { readonly count: number; readonly isLeast: boolean; readonly since: string } | undefined;
  /** Texts that reached neither world since `since`; undefined where they were not counted. */
  readonly unreached: number | undefined;
  readonly splits: readonly {
    readonly customer: string;
    readonly channelSid: string | undefined;
    readonly taskSid: string | undefined;
    readonly conversationSid: string;
    readonly command: string | undefined;
  }[];
  /** What blocks the next step, a sentence each. */
  readonly blocks: readonly string[];
  /** What to run next. */
  readonly next: string | undefined;
}

export interface Status {
  readonly numbers: readonly NumberStatus[];
  /** From when on texts that reached neither world are counted; undefined where they are not. */
  readonly since: string | undefined;
  /** What could not be read, a sentence each. */
  readonly unread: readonly string[];
  readonly shortened: readonly string[];
  readonly calls: number;
}

export interface StatusOptions {
  /** From when on texts that reached neither world are counted. @default not counted: it takes requests for each customer */
  readonly since?: Date | undefined;
  readonly showContent?: boolean;
  readonly countUnreconciled?: CountUnreconciled | undefined;
  onNumber?(key: string): void;
}

/** Most texts and conversations of a number that are read. */
const most = 10_000;
/** Most conversations that are asked whose number they are of. */
const maxAsked = 100;

/** Where every number of a stack stands. Reads only. */
export async function status(
  configured: Configured,
  { account, reads }: { readonly account: TwilioAccount; readonly reads: Reads },
  options: StatusOptions,
): Promise<Status> {
  const before = account.calls;
  const unread: string[] = [];
  const numbers: NumberStatus[] = [];
  for (const number of configured.numbers) {
    options.onNumber?.(number.key);
    try {
      numbers.push(await statusOf(configured, number, account, reads, options));
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      unread.push(
        `${number.key}: ${reads.refusedBy(error)} could not be read: ${error.message} (${refusalFacts(error)}).`,
      );
    }
  }
  return {
    numbers: options.showContent ? numbers : numbers.map((one) => ({ ...one, splits: hidden(one.splits) })),
    since: options.since?.toISOString(),
    unread,
    shortened: reads.cut,
    calls: account.calls - before,
  };
}

async function statusOf(
  { stack }: Configured,
  number: Numbered,
  account: TwilioAccount,
  reads: Reads,
  { since, countUnreconciled }: StatusOptions,
): Promise<NumberStatus> {
  const { key, phoneNumber, stage, cut, settings } = number;
  const facts = { number: key, phoneNumber, stage, cut };
  if (stage === "custom")
    return {
      ...facts,
      ...{ stands: "custom: not moved by this", differences: [], openChats: chatCounts([]) },
      ...{ conversations: undefined, unreached: undefined, splits: [], blocks: [], next: undefined },
    };
  const world = await worldOf(phoneNumber, reads);
  const other = differences(stage, cut ?? "enable-first", wiringOf(world), settings["messagingServiceSid"]);
  const chats = (await openChats(reads)).filter((chat) => chat.number === phoneNumber);
  const cutAt = cutTime(world);
  const wrote = cutAt === undefined ? [] : await reads.messaging.inbound(phoneNumber, cutAt, most);
  const customers = new Set(wrote.map(({ from }) => from));
  const splits = cutAt === undefined ? [] : await findSplits(phoneNumber, chats, customers, reads);
  const isDone = other.length === 0 && world.number !== undefined;
  const sessions = chats.filter(({ session }) => session !== undefined).length;
  const stands = standingOf(stage, isDone, sessions);
  const missing = world.number === undefined ? [`${phoneNumber} is no number of the account.`] : [];
  return {
    ...facts,
    stands,
    differences: [...missing, ...other],
    openChats: chatCounts(chats),
    conversations: cutAt === undefined ? undefined : await conversationsOf(phoneNumber, cutAt, reads),
    unreached: since && (await permitted(async () => countUnreconciled?.(phoneNumber, since))),
    splits: splits.map((split) => told(split, new CleanUp(account))),
    ...nextOf(number, stack, isDone, sessions),
  };
}

/** When the Address was last changed, where it opens conversations: at the cut, unless somebody changed it since. */
function cutTime({ address }: World): Date | undefined {
  return address !== undefined && opens(address) ? address.dateUpdated : undefined;
}

async function conversationsOf(
  number: string,
  since: Date,
  reads: Reads,
): Promise<NumberStatus["conversations"]> {
  const { chatServiceSid } = reads.place;
  if (chatServiceSid === undefined) return undefined;
  const opened = await reads.conversations.conversationsSince(chatServiceSid, since, most);
  // Chat's channels are conversations, too.
  const all = opened.filter(({ attributes }) => !isFlexChat(parseAttributes(attributes)));
  const asked = all.slice(0, maxAsked);
  const bound = await Promise.all(asked.map((one) => reads.conversations.participants(one)));
  const own = bound.filter((participants) =>
    participants.some((one) => bindingOf(one)?.proxy_address === number),
  );
  return { count: own.length, isLeast: all.length > asked.length, since: since.toISOString() };
}

function chatCounts(chats: readonly OldChat[]): NumberStatus["openChats"] {
  // Of those that texts get into, where there are any.
  const live = chats.filter(({ session }) => session !== undefined);
  const oldest = Math.min(...(live.length > 0 ? live : chats).map(({ since }) => since.getTime()));
  return {
    count: chats.length,
    withoutSession: chats.filter(({ session }) => session === undefined).length,
    oldest: chats.length === 0 ? undefined : new Date(oldest).toISOString(),
  };
}

function told({ customer, chat, conversationSid }: Split, cleanUp: CleanUp): NumberStatus["splits"][number] {
  const { channelSid, taskSid } = chat;
  return { customer, channelSid, taskSid, conversationSid, command: sessionEnding(chat, cleanUp) };
}

function nextOf(
  { key, stage, cut }: Numbered,
  stack: string,
  isDone: boolean,
  openChats: number,
): Pick<NumberStatus, "blocks" | "next"> {
  if (!isDone)
    return {
      blocks: [`The configuration says ${stage}, and the account is not so.`],
      next: `npx flex-stack up --refresh --stack ${stack}`,
    };
  const open = `${openChats} ${openChats === 1 ? "chat is" : "chats are"} open in Chat and Proxy.`;
  if (stage === "done") return { blocks: [], next: undefined };
  if (stage === "cut")
    return {
      blocks: openChats > 0 ? [open] : [],
      next: `npx flex-stack migrate finish --number ${key} --stack ${stack}`,
    };
  const waits = stage === "prepared" && cut === "drain" && openChats > 0;
  return {
    blocks: waits ? [open] : [],
    next: `npx flex-stack migrate next --number ${key} --stack ${stack}`,
  };
}

import type { Room } from "./reading.ts";
import type { Text } from "./text.ts";

/** Texts that stand in both worlds, of one customer in one channel and one conversation. */
export interface Doubled {
  readonly customer: string;
  /** Oldest first. */
  readonly texts: readonly Text[];
  readonly channelSid: string;
  readonly conversationSid: string;
  /** The one of them that is to be closed; undefined when one is closed already. */
  readonly close: string | undefined;
  /** Why that one, or why none. */
  readonly why: string;
  /** Closes it. */
  readonly command?: string | undefined;
}

/** A text of which nobody knows where it is. */
export interface Unknown {
  readonly text: Text;
  readonly why: string;
}

/** A conversation that a replay made and did not finish: nobody is told of it. */
export interface Unfinished {
  readonly room: Room;
}

/** A text that a replay put into a conversation twice. */
export interface Again {
  readonly textSid: string;
  readonly conversationSid: string;
}

/** Where the texts to a number are. Of each list the oldest come first. */
export interface Reconciliation {
  readonly number: string;
  readonly since: Date;
  readonly until: Date;
  /** Each text counts once, in one of these. */
  readonly counts: {
    readonly chat: number;
    readonly conversations: number;
    readonly doubled: number;
    readonly lost: number;
    /** For Twilio itself, which answers them: to stop, to start again. */
    readonly keywords: number;
    readonly unknown: number;
  };
  readonly lost: readonly Text[];
  readonly doubled: readonly Doubled[];
  readonly unknown: readonly Unknown[];
  readonly unfinished: readonly Unfinished[];
  readonly again: readonly Again[];
  /** What could not be read, a sentence each. */
  readonly refused: readonly string[];
  /** Open conversations that hold a customer's pair, by customer and number. */
  readonly holders: ReadonlyMap<string, Room>;
}

/** How holders are named. */
export function pairOf(customer: string, line: string): string {
  return `${customer} ${line}`;
}

/** What is wrong, in one word: nothing, texts that are not in exactly one place, or that this is not known. */
export function resultOf({
  lost,
  doubled,
  unfinished,
  again,
  unknown,
  refused,
}: Pick<Reconciliation, "lost" | "doubled" | "unfinished" | "again" | "unknown" | "refused">):
  "ok" | "unreconciled" | "unknown" {
  if (lost.length + doubled.length + unfinished.length + again.length > 0) return "unreconciled";
  return unknown.length + refused.length > 0 ? "unknown" : "ok";
}

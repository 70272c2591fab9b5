import { hidden } from "../../diagnose/index.ts";
import { resultOf, type Reconciliation } from "./reconciliation.ts";
import type { Replayed } from "./replay.ts";
import type { Impossible } from "./replay-plan.ts";
import type { Text } from "./text.ts";

/** A text, as it is told of. */
export interface ToldText {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly characters: number;
  readonly files: number;
  /** Only where content may be shown. */
  readonly body?: string;
}

/** Where the texts to a number are, and what was done about it: what `--json` prints. */
export interface Outcome {
  readonly number: string;
  readonly since: Date;
  readonly until: Date;
  readonly result: "ok" | "unreconciled" | "unknown";
  readonly texts: number;
  readonly counts: Reconciliation["counts"];
  readonly lost: readonly ToldText[];
  readonly doubled: readonly {
    readonly customer: string;
    readonly texts: readonly string[];
    readonly channelSid: string;
    readonly conversationSid: string;
    readonly close?: string | undefined;
    readonly why: string;
    readonly command?: string | undefined;
  }[];
  readonly unknown: readonly (ToldText & { readonly why: string })[];
  readonly unfinished: readonly { readonly conversationSid: string; readonly customer: string }[];
  readonly again: Reconciliation["again"];
  readonly replayed: readonly {
    readonly customer: string;
    readonly texts: readonly string[];
    readonly conversationSid?: string | undefined;
    readonly isAppended: boolean;
    readonly remark?: string | undefined;
  }[];
  readonly refused: readonly string[];
  /** Requests to Twilio. */
  readonly calls: number;
}

/** What was done beside looking. */
export interface Done {
  readonly replayed: readonly Replayed[];
  readonly impossible: readonly Impossible[];
  /** Conversations of an earlier replay that were finished. */
  readonly finished: readonly string[];
}

export const nothingDone: Done = { replayed: [], impossible: [], finished: [] };

/** @param showContent What people wrote and their numbers are shown. */
export function outcomeOf(
  found: Reconciliation,
  { replayed, impossible, finished }: Done,
  calls: number,
  showContent: boolean,
): Outcome {
  const placed = new Set(
    replayed.filter(({ conversationSid }) => conversationSid !== undefined).flatMap(({ texts }) => texts),
  );
  const lost = found.lost.filter((text) => !placed.has(text));
  const unfinished = found.unfinished.filter(({ room }) => !finished.includes(room.sid));
  const counts = {
    ...found.counts,
    lost: lost.length,
    conversations: found.counts.conversations + placed.size,
  };
  const told = (text: Text): ToldText => toldText(text, showContent);
  const outcome: Outcome = {
    number: found.number,
    since: found.since,
    until: found.until,
    result: resultOf({ ...found, lost, unfinished }),
    texts: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    lost: lost.map(told),
    doubled: found.doubled.map(({ texts, ...rest }) => ({ ...rest, texts: texts.map(({ sid }) => sid) })),
    unknown: found.unknown.map(({ text, why }) => ({ ...told(text), why })),
    unfinished: unfinished.map(({ room }) => ({ conversationSid: room.sid, customer: room.customer })),
    again: found.again,
    replayed: replayed.map(({ texts, ...rest }) => ({ ...rest, texts: texts.map(({ sid }) => sid) })),
    refused: [...found.refused, ...impossible.map(({ why }) => why)],
    calls,
  };
  return showContent ? outcome : hidden(outcome);
}

/** A text without what it says, unless that may be shown. */
export function toldText({ sid, from, to, at, body, media }: Text, showContent: boolean): ToldText {
  return { sid, from, to, at, characters: body.length, files: media, ...(showContent && { body }) };
}

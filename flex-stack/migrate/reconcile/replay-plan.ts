import type { Lines, Opening } from "./lines.ts";
import type { Room } from "./reading.ts";
import { pairOf, type Reconciliation } from "./reconciliation.ts";
import type { Text } from "./text.ts";

/** Lost texts of one customer to one number, which go into one conversation. */
export interface Replay {
  readonly customer: string;
  /** Our number. */
  readonly line: string;
  /** Oldest first; at least one. */
  readonly texts: readonly [Text, ...Text[]];
  /** The open conversation that has the customer and the number; undefined: a new one is made. */
  readonly holder: Room | undefined;
  /** What a new conversation gets. */
  readonly opening: Opening | undefined;
}

/** Texts that can't be put anywhere. */
export interface Impossible {
  readonly texts: readonly Text[];
  readonly why: string;
}

export interface ReplayPlan {
  readonly replays: readonly Replay[];
  readonly impossible: readonly Impossible[];
}

/** What a replay of lost texts would do. */
export function planReplay({ lost, holders }: Reconciliation, { openings }: Lines): ReplayPlan {
  const groups = new Map<string, [Text, ...Text[]]>();
  for (const text of lost) {
    const pair = pairOf(text.from, text.to);
    const group = groups.get(pair);
    if (group === undefined) groups.set(pair, [text]);
    else group.push(text);
  }
  const replays: Replay[] = [];
  const impossible: Impossible[] = [];
  for (const [pair, texts] of groups) {
    const [{ from: customer, to: line }] = texts;
    const holder = holders.get(pair);
    const opening = openings.get(line);
    if (holder === undefined && opening === undefined)
      impossible.push({
        texts,
        why: `${line} has no Address: nobody would be told of a conversation on it.`,
      });
    else replays.push({ customer, line, texts, holder, opening });
  }
  return { replays, impossible };
}

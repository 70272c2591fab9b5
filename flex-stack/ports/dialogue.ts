import type { styleText } from "node:util";

/** A colour or weight of Node's `styleText`, or several. */
export type Style = Parameters<typeof styleText>[0];

/** Gives text its colours, where colours are shown. */
export interface Styled {
  style(style: Style, text: string): string;
}

/** What text is laid out for. */
export interface Surface extends Styled {
  /** Width in characters. */
  readonly columns: number;
}

/** Where a run tells what it does and asks what it may do. A terminal is one. */
export interface Dialogue extends Surface {
  /** Somebody watches: what is shown may move. */
  readonly live: boolean;
  /** Somebody can answer a question. */
  readonly interactive: boolean;
  /** Tells one or more whole lines. */
  print(text?: string): void;
  /** Warns, or tells of a failure, in one or more whole lines. */
  complain(text: string): void;
  /** The answer to a question, without white space around it. Rejects when there is none. */
  ask(question: string, signal?: AbortSignal): Promise<string>;
}

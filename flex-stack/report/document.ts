import type { Phrase, RoutingPicture } from "../meaning/index.ts";

/**
 * What a command has to show, apart from how it is shown. Every text in it is plain: names and bodies may hold
 * anything, and each renderer escapes what its format gives a meaning to.
 */
export interface Document {
  /** Tells the comment of this report from others, so that it can be found and edited: `preview`, `drift`. */
  readonly kind: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Tone = "plain" | "good" | "warning" | "danger" | "muted";

export type Inline =
  | Phrase
  | { readonly strong: string }
  | { readonly badge: string; readonly tone: Tone }
  /** The address of a web page, to be followed. Only what this program made itself, never what somebody named. */
  | { readonly page: string };
export type Text = readonly Inline[];

export type Block =
  | Section
  | { readonly kind: "paragraph"; readonly text: Text; readonly tone?: Tone }
  | { readonly kind: "list"; readonly items: readonly Item[] }
  | Table
  | Details
  /** Text whose lines matter, such as an error's. */
  | { readonly kind: "lines"; readonly text: string }
  | { readonly kind: "routing"; readonly picture: RoutingPicture }
  | Way;

/** A part with a title of its own. */
export interface Section {
  readonly kind: "section";
  readonly title: Text;
  readonly blocks: readonly Block[];
}

/** A way through stages as a picture: each stop, and what leads on from it and back to it. */
export interface Way {
  readonly kind: "way";
  readonly stops: readonly Stop[];
}

export interface Stop {
  readonly name: string;
  /** Short lines that say what is so there. */
  readonly lines: readonly string[];
  /** What leads to the next stop; absent at the last. */
  readonly forth?: string;
  /** What leads back from the next stop; absent where nothing does. */
  readonly back?: string;
}

export interface Item {
  readonly text: Text;
  readonly tone?: Tone;
  /** Stands for the tone where a document is text alone. @default `!` for a danger */
  readonly mark?: string;
  readonly items?: readonly Item[];
}

export interface Table {
  readonly kind: "table";
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly Text[]; readonly tone?: Tone }[];
}

/** What is folded away until somebody asks. Where room is short, the last of them goes first. */
export interface Details {
  readonly kind: "details";
  readonly summary: Text;
  readonly blocks: readonly Block[];
  /** Unfolded from the start. @default false */
  readonly open?: boolean;
}

/** Whether an address is as plain as those that this program makes: others are shown, and lead nowhere. */
export function isPlainPage(address: string): boolean {
  // That of the local Twilio has its place behind a #.
  return (
    /^https:\/\/[\w./-]+$/.test(address) ||
    /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\/#\/[\w/]+$/.test(address)
  );
}

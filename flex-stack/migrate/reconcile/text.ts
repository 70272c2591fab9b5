/** A text of a customer in the Messages log. */
export interface Text {
  /** `SM…`, or `MM…` with files. */
  readonly sid: string;
  readonly from: string;
  /** Our number, with the prefix of the way that it came, as `whatsapp:+14155550142`. */
  readonly to: string;
  readonly body: string;
  /** Files that came with it. */
  readonly media: number;
  readonly at: Date;
}

/** Where a text can have come to: Programmable Chat behind Proxy, or Flex Conversations. */
export type World = "chat" | "conversations";

export const worlds: readonly World[] = ["chat", "conversations"];

/** What a customer said in a channel of Chat or in a conversation. */
export interface Entry {
  readonly world: World;
  /** `CH…` of the channel, or of the conversation. */
  readonly place: string;
  readonly author: string;
  readonly body: string;
  /** There are files with it. */
  readonly hasMedia: boolean;
  readonly at: Date;
  /** The text that it is, where Twilio or a replay says so. */
  readonly textSid?: string | undefined;
}

/** A message that was removed from a channel or conversation: what it was is not known, only when, about. */
export interface Gap {
  readonly world: World;
  readonly place: string;
  /** Whose channel or conversation it is. */
  readonly author: string;
  readonly after: Date;
  readonly before: Date;
}

/** Times of the products are rounded, and their clocks differ: so many milliseconds count as the same time. */
export const tolerance = 60_000;

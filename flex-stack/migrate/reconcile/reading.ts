import type { TwilioError } from "../../../provider/access.ts";
import { refusalFacts, type TwilioAccount } from "../../account/account.ts";
import { answerOf } from "../../account/answer.ts";
import type { Place } from "../../whereabouts/place.ts";
import type { Entry, Gap, World } from "./text.ts";

/** What is compared: which number's texts of which time, and where. */
export interface Reading {
  readonly account: TwilioAccount;
  readonly place: Place;
  /** The number, and what it is called where it takes more than texts, as `whatsapp:+14155550142`. */
  readonly lines: readonly string[];
  /** The time of which messages are read: a little more than is reported, so that its ends are matched right. */
  readonly from: Date;
  readonly to: Date;
  /** Told of each customer who was looked at. */
  readonly onCustomer?: (() => void) | undefined;
}

/** A channel of Chat, or a conversation, that a customer wrote into. */
export interface Room {
  readonly world: World;
  readonly sid: string;
  /** Service that it is in. */
  readonly serviceSid: string;
  readonly customer: string;
  readonly created: Date;
  /** Somebody who writes is heard in it. */
  readonly isOpen: boolean;
  /** The Proxy session that brings texts into a channel of Chat. */
  readonly sessionSid?: string | undefined;
  readonly uniqueName?: string | undefined;
  /** Our number that a conversation is held with. */
  readonly line?: string | undefined;
}

/** What was found of one world. */
export class Found {
  readonly world: World;
  readonly entries: Entry[] = [];
  readonly gaps: Gap[] = [];
  /** By SID. */
  readonly rooms = new Map<string, Room>();
  /** Customers of whom not all could be read, and why. */
  readonly refused = new Map<string, string>();
  /** Why nobody's can be read. */
  #closed: string | undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** Reads something of a customer. What is gone is undefined; what is refused is noted, and is undefined, too. */
  async of<T>(customer: string, read: () => Promise<T>): Promise<T | undefined> {
    if (this.#closed !== undefined) {
      this.refused.set(customer, this.#closed);
      return undefined;
    }
    const answer = await answerOf(read);
    if (answer.kind === "found") return answer.value;
    if (answer.kind === "gone") return undefined;
    const why = refusal(products[this.world], answer.error);
    // Who may not see one may not see another; nobody has to ask a thousand times.
    if (answer.kind === "denied") this.#closed = why;
    this.refused.set(customer, why);
    return undefined;
  }
}

const products: Readonly<Record<World, string>> = {
  chat: "Programmable Chat",
  conversations: "Conversations",
};

/** What a product refused, in one sentence. */
export function refusal(product: string, error: TwilioError): string {
  return `${product} refused to be read: ${error.message.replace(/\.$/, "")} (${refusalFacts(error)}).`;
}

/** A message in a channel of Chat or a conversation, as both have it. */
export interface Said {
  readonly index: number;
  readonly author: string;
  readonly body: string;
  readonly hasMedia: boolean;
  readonly at: Date;
  readonly textSid?: string | undefined;
}

/**
 * Takes over what a customer said in a room, and where messages were removed.
 *
 * @param said Newest first, without a hole between pages.
 * @param isWhole They go back to the first.
 */
export function take(found: Found, room: Room, said: readonly Said[], isWhole: boolean): void {
  const { world, sid: place, customer, created } = room;
  found.rooms.set(place, room);
  for (const { author, body, hasMedia, at, textSid } of said)
    if (author === customer) found.entries.push({ world, place, author, body, hasMedia, at, textSid });
  said.forEach((one, position) => {
    const older = said[position + 1];
    if (older === undefined && !isWhole) return;
    const missing = one.index - (older?.index ?? -1) - 1;
    const gap = { world, place, author: customer, after: older?.at ?? created, before: one.at };
    for (let count = 0; count < Math.min(missing, mostGaps); count += 1) found.gaps.push(gap);
  });
}

/** Nobody removes more messages in a row than that, and has texts looked for in them. */
const mostGaps = 1000;

import type { TwilioError } from "../../../provider/access.ts";
import type { TwilioAccount } from "../../account/account.ts";
import type { Place } from "../../whereabouts/place.ts";
import { ChatReads } from "./chat.ts";
import { ConversationsReads } from "./conversations.ts";
import { FlexReads } from "./flex.ts";
import { MessagingReads } from "./messaging.ts";
import { ProxyReads } from "./proxy.ts";
import { Reader, type ReadLog } from "./reader.ts";
import { StudioReads } from "./studio.ts";
import { TaskRouterReads } from "./taskrouter.ts";

/** All that one diagnosis reads, each thing once; see `Reader` for what is gone or refused. */
export class Reads {
  readonly account: TwilioAccount;
  readonly place: Place;
  readonly messaging: MessagingReads;
  readonly flex: FlexReads;
  readonly proxy: ProxyReads;
  readonly chat: ChatReads;
  readonly conversations: ConversationsReads;
  readonly studio: StudioReads;
  readonly taskrouter: TaskRouterReads;
  readonly #log: ReadLog = { refusals: new WeakMap(), cut: new Set() };

  constructor(account: TwilioAccount, place: Place) {
    this.account = account;
    this.place = place;
    const reader = (product: string) => new Reader(product, this.#log);
    this.messaging = new MessagingReads(account, reader);
    this.flex = new FlexReads(account, reader);
    this.proxy = new ProxyReads(account, place, reader);
    this.chat = new ChatReads(account, place, reader);
    this.conversations = new ConversationsReads(account, reader);
    this.studio = new StudioReads(account, reader);
    this.taskrouter = new TaskRouterReads(account, place, reader);
  }

  /** Lists that were not read to their end, a sentence each. */
  get cut(): readonly string[] {
    return [...this.#log.cut];
  }

  /** The product that refused a read. */
  refusedBy(error: TwilioError): string {
    return this.#log.refusals.get(error) ?? "Twilio";
  }
}

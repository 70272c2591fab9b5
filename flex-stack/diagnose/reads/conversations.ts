import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import type { MessageInstance } from "twilio/lib/rest/conversations/v1/service/conversation/message.js";
import type { ParticipantInstance } from "twilio/lib/rest/conversations/v1/service/conversation/participant.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Reader } from "./reader.ts";

/** Most items that Conversations gives at once, of most lists. */
const page = 100;
/** Of addresses, and of the conversations that somebody is in. */
const smallPage = 50;
/** Most participants of a conversation. */
export const maxParticipants = 1000;
/** Most items that are read. */
const limits = {
  addresses: 500,
  conversations: 500,
  participations: 250,
  userConversations: 100,
  // All: an agent joins last.
  participants: maxParticipants,
  messages: 200,
  webhooks: 5,
  services: 10,
  roles: 200,
  receipts: 50,
} as const;

/** What messages to an address do. */
export interface AutoCreation {
  readonly enabled?: boolean;
  readonly type?: "webhook" | "studio" | "default";
  readonly conversation_service_sid?: string;
  readonly studio_flow_sid?: string;
  readonly webhook_url?: string;
}

/** Somebody's phone in a conversation, and the number that it writes to. */
export interface MessagingBinding {
  readonly type?: string;
  readonly address?: string;
  readonly proxy_address?: string;
}

/** Conversations (classic), which Flex Conversations are. */
export class ConversationsReads {
  readonly #v1: TwilioAccount["client"]["conversations"]["v1"];
  readonly #reader: Reader;

  constructor({ client }: TwilioAccount, reader: (product: string) => Reader) {
    this.#v1 = client.conversations.v1;
    this.#reader = reader("Conversations");
  }

  addresses(): Promise<readonly AddressConfigurationInstance[]> {
    return this.#reader.all(
      "addresses",
      limits.addresses,
      (given) => this.#v1.addressConfigurations.list(given),
      smallPage,
    );
  }

  /** By its SID, or the number that it is for. */
  address(sidOrNumber: string): Promise<AddressConfigurationInstance | undefined> {
    return this.#reader.once(`address ${sidOrNumber}`, () =>
      this.#v1.addressConfigurations(sidOrNumber).fetch(),
    );
  }

  /** What the account's conversations have unless they say otherwise. */
  configuration() {
    return this.#reader.once("configuration", () => this.#v1.configuration().fetch());
  }

  /** The account's webhooks, of its default service. */
  accountWebhooks() {
    return this.#reader.once("webhooks", () => this.#v1.configuration.webhooks().fetch());
  }

  /** The first services of the account. */
  services() {
    return this.#reader.list("services", limits.services, (given) => this.#v1.services.list(given));
  }

  service(sid: string) {
    return this.#reader.once(`service ${sid}`, () => this.#v1.services(sid).fetch());
  }

  roles(serviceSid: string) {
    return this.#reader.all(
      `roles of ${serviceSid}`,
      limits.roles,
      (given) => this.#v1.services(serviceSid).roles.list(given),
      smallPage,
    );
  }

  serviceWebhooks(serviceSid: string) {
    return this.#reader.once(`webhooks ${serviceSid}`, () =>
      this.#v1.services(serviceSid).configuration.webhooks().fetch(),
    );
  }

  conversation(serviceSid: string, sid: string): Promise<ConversationInstance | undefined> {
    return this.#reader.once(`conversation ${serviceSid} ${sid}`, () =>
      this.#v1.services(serviceSid).conversations(sid).fetch(),
    );
  }

  /** Those of a service that are in a state. @param most that are read; the first call says it */
  conversations(
    serviceSid: string,
    state: "active" | "inactive",
    most: number = limits.conversations,
  ): Promise<readonly ConversationInstance[]> {
    return this.#reader.all(
      `${state} conversations`,
      most,
      (given) => this.#v1.services(serviceSid).conversations.list({ state, ...given }),
      page,
    );
  }

  /** Those of a service, in whatever state, that were opened since a time. */
  async conversationsSince(
    serviceSid: string,
    since: Date,
    most: number,
  ): Promise<readonly ConversationInstance[]> {
    const startDate = since.toISOString();
    const found = await this.#reader.all(
      `conversations since ${startDate}`,
      most,
      (given) => this.#v1.services(serviceSid).conversations.list({ startDate, ...given }),
      page,
    );
    // Twilio may take it as a day.
    return found.filter(({ dateCreated }) => dateCreated.getTime() >= since.getTime());
  }

  /** In which conversations of a service an address is. */
  participations(serviceSid: string, address: string) {
    return this.#reader.list(
      `conversations of ${address} in ${serviceSid}`,
      limits.participations,
      (given) => this.#v1.services(serviceSid).participantConversations.list({ address, ...given }),
      smallPage,
    );
  }

  /** The first conversations that a user of a service is in. */
  userConversations(serviceSid: string, userSid: string) {
    return this.#reader.list(
      `conversations of ${userSid}`,
      limits.userConversations,
      (given) => this.#v1.services(serviceSid).users(userSid).userConversations.list(given),
      smallPage,
    );
  }

  participants({ chatServiceSid, sid }: Place): Promise<readonly ParticipantInstance[]> {
    return this.#reader.list(
      `participants ${sid}`,
      limits.participants,
      (given) => this.#v1.services(chatServiceSid).conversations(sid).participants.list(given),
      page,
    );
  }

  /** Newest first. */
  messages({ chatServiceSid, sid }: Place): Promise<readonly MessageInstance[]> {
    return this.#reader.list(
      `messages ${sid}`,
      limits.messages,
      (given) =>
        this.#v1
          .services(chatServiceSid)
          .conversations(sid)
          .messages.list({ order: "desc", ...given }),
      page,
    );
  }

  /** Who is told of one conversation. */
  webhooks({ chatServiceSid, sid }: Place) {
    return this.#reader.list(`webhooks ${sid}`, limits.webhooks, () =>
      this.#v1.services(chatServiceSid).conversations(sid).webhooks.list(),
    );
  }

  /** What became of a message with those who got it as a text. */
  receipts({ chatServiceSid, conversationSid, sid }: MessageInstance) {
    return this.#reader.list(
      `receipts ${sid}`,
      limits.receipts,
      (given) =>
        this.#v1
          .services(chatServiceSid)
          .conversations(conversationSid)
          .messages(sid)
          .deliveryReceipts.list(given),
      smallPage,
    );
  }
}

/** Where a conversation is. */
type Place = Pick<ConversationInstance, "chatServiceSid" | "sid">;

/** What messages to an address do. */
export function autoCreationOf({ autoCreation }: AddressConfigurationInstance): AutoCreation {
  return (autoCreation ?? {}) as AutoCreation;
}

/** Whether an address opens conversations; one that does not is a record only. */
export function opens(address: AddressConfigurationInstance): boolean {
  return autoCreationOf(address).enabled === true;
}

/** By what somebody takes part who is not there by an identity alone. */
export function bindingOf({ messagingBinding }: ParticipantInstance): MessagingBinding | undefined {
  return (messagingBinding ?? undefined) as MessagingBinding | undefined;
}

import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import type { RoleInstance } from "twilio/lib/rest/chat/v2/service/role.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Place } from "../../whereabouts/place.ts";
import type { Reader } from "./reader.ts";

/** Most items that Chat gives at once, and most channels of a user. */
const page = 100;
const userChannelPage = 50;
/** Most items that are read. */
const limits = {
  channels: 500,
  messages: 200,
  members: 100,
  roles: 200,
  userChannels: 250,
  webhooks: 5,
} as const;

type Service = ReturnType<TwilioAccount["client"]["chat"]["v2"]["services"]>;

/** What is in Flex's chat service; nothing where that is not known. */
export class ChatReads {
  readonly #service: Service | undefined;
  readonly #reader: Reader;

  constructor({ client }: TwilioAccount, { chatServiceSid }: Place, reader: (product: string) => Reader) {
    this.#service = chatServiceSid === undefined ? undefined : client.chat.v2.services(chatServiceSid);
    this.#reader = reader("Programmable Chat");
  }

  service() {
    return this.#in((service) => this.#reader.once("service", () => service.fetch()));
  }

  channel(sid: string): Promise<ChannelInstance | undefined> {
    return this.#in((service) => this.#reader.once(`channel ${sid}`, () => service.channels(sid).fetch()));
  }

  /** Private ones, as all conversations of Flex are. @param most that are read; the first call says it */
  async channels(most: number = limits.channels): Promise<readonly ChannelInstance[]> {
    const found = this.#in((service) =>
      this.#reader.all(
        "channels",
        most,
        (limit) => service.channels.list({ type: ["private"], ...limit }),
        page,
      ),
    );
    return (await found) ?? [];
  }

  user(identity: string) {
    return this.#in((service) =>
      this.#reader.once(`user ${identity}`, () => service.users(encodeURIComponent(identity)).fetch()),
    );
  }

  /** SIDs of the channels that somebody is a member of. */
  async channelsOf(identity: string): Promise<readonly string[]> {
    const found = this.#in((service) =>
      this.#reader.list(
        `channels of ${identity}`,
        limits.userChannels,
        (limit) => service.users(encodeURIComponent(identity)).userChannels.list(limit),
        userChannelPage,
      ),
    );
    return ((await found) ?? []).map(({ channelSid }) => channelSid);
  }

  /** Newest first. */
  async messages(channelSid: string) {
    const found = this.#in((service) =>
      this.#reader.list(
        `messages ${channelSid}`,
        limits.messages,
        (limit) => service.channels(channelSid).messages.list({ order: "desc", ...limit }),
        page,
      ),
    );
    return (await found) ?? [];
  }

  async webhooks(channelSid: string) {
    const found = this.#in((service) =>
      this.#reader.list(`webhooks ${channelSid}`, limits.webhooks, () =>
        service.channels(channelSid).webhooks.list(),
      ),
    );
    return (await found) ?? [];
  }

  async members(channelSid: string) {
    const found = this.#in((service) =>
      this.#reader.list(
        `members ${channelSid}`,
        limits.members,
        (limit) => service.channels(channelSid).members.list(limit),
        page,
      ),
    );
    return (await found) ?? [];
  }

  async roles(): Promise<readonly RoleInstance[]> {
    const found = this.#in((service) =>
      this.#reader.all("roles", limits.roles, (limit) => service.roles.list(limit), page),
    );
    return (await found) ?? [];
  }

  async #in<T>(read: (service: Service) => Promise<T>): Promise<T | undefined> {
    return this.#service === undefined ? undefined : read(this.#service);
  }
}

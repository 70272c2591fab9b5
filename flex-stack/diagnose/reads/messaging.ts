import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Reader } from "./reader.ts";

/** Most items that are read. */
const limits = { numbers: 1000, services: 10 } as const;
/** Most texts that are read, in one request. */
export const maxTexts = 500;

/** Texts, and the numbers and messaging services they come in by. */
export class MessagingReads {
  readonly #client: TwilioAccount["client"];
  readonly #reader: Reader;
  readonly #numbers: Reader;

  constructor({ client }: TwilioAccount, reader: (product: string) => Reader) {
    this.#client = client;
    this.#reader = reader("Messaging");
    this.#numbers = reader("Phone Numbers");
  }

  message(sid: string): Promise<MessageInstance | undefined> {
    return this.#reader.once(`message ${sid}`, () => this.#client.messages(sid).fetch());
  }

  /** Newest first. */
  messages(filter: { from: string; to?: string; since: Date }): Promise<readonly MessageInstance[]> {
    const { from, to, since } = filter;
    const given = { from, ...(to !== undefined && { to }), dateSentAfter: since };
    return this.#reader.list(`messages ${from} ${to ?? ""} ${since.toISOString()}`, maxTexts, (page) =>
      this.#client.messages.list({ ...given, ...page }),
    );
  }

  /** Texts that came in at a number, newest first. */
  async inbound(to: string, since: Date, most: number): Promise<readonly MessageInstance[]> {
    const found = await this.#reader.all(`texts to ${to} since ${since.toISOString()}`, most, (page) =>
      this.#client.messages.list({ to, dateSentAfter: since, ...page }),
    );
    return found.filter(({ direction }) => direction === "inbound");
  }

  /** A messaging service by its SID. */
  service(sid: string) {
    return this.#reader.once(`service ${sid}`, () => this.#client.messaging.v1.services(sid).fetch());
  }

  async number(phoneNumber: string): Promise<IncomingPhoneNumberInstance | undefined> {
    const found = await this.#numbers.list(`number ${phoneNumber}`, 1, (page) =>
      this.#client.incomingPhoneNumbers.list({ phoneNumber, ...page }),
    );
    return found.find((one) => one.phoneNumber === phoneNumber);
  }

  numbers(): Promise<readonly IncomingPhoneNumberInstance[]> {
    return this.#numbers.all("numbers", limits.numbers, (page) =>
      this.#client.incomingPhoneNumbers.list(page),
    );
  }

  /** The messaging service that has a number among its senders, if one of the first ten does. */
  async serviceOf(numberSid: string) {
    const services = await this.#reader.list("services", limits.services, (page) =>
      this.#client.messaging.v1.services.list(page),
    );
    const senders = await Promise.all(
      services.map(({ sid }) =>
        this.#reader.list(`numbers of ${sid}`, limits.numbers, (page) =>
          this.#client.messaging.v1.services(sid).phoneNumbers.list(page),
        ),
      ),
    );
    return services.find((_, index) => senders[index]?.some(({ sid }) => sid === numberSid));
  }
}

import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Place } from "../../whereabouts/place.ts";
import type { Reader } from "./reader.ts";

/** Most items that Proxy gives at once. */
const page = 100;
/** Most items that are read. */
const limits = { sessions: 500, numbers: 1000 } as const;
/** Most interactions of a session that are read. */
export const maxInteractions = 200;

type Service = ReturnType<TwilioAccount["client"]["proxy"]["v1"]["services"]>;

/** What is in Flex's Proxy service; nothing where that is not known. */
export class ProxyReads {
  readonly #service: Service | undefined;
  readonly #reader: Reader;

  constructor({ client }: TwilioAccount, { proxyServiceSid }: Place, reader: (product: string) => Reader) {
    this.#service = proxyServiceSid === undefined ? undefined : client.proxy.v1.services(proxyServiceSid);
    this.#reader = reader("Proxy");
  }

  async service() {
    return this.#in((service) => this.#reader.once("service", () => service.fetch()));
  }

  /** The numbers in its pool. */
  async numbers() {
    const found = this.#in((service) =>
      this.#reader.all("numbers", limits.numbers, (limit) => service.phoneNumbers.list(limit), page),
    );
    return (await found) ?? [];
  }

  number(sid: string) {
    return this.#in((service) => this.#reader.once(`number ${sid}`, () => service.phoneNumbers(sid).fetch()));
  }

  session(sid: string): Promise<SessionInstance | undefined> {
    return this.#in((service) => this.#reader.once(`session ${sid}`, () => service.sessions(sid).fetch()));
  }

  /** @param most that are read; the first call says it */
  async sessions(most: number = limits.sessions): Promise<readonly SessionInstance[]> {
    const found = this.#in((service) =>
      this.#reader.all("sessions", most, (limit) => service.sessions.list(limit), page),
    );
    return (await found) ?? [];
  }

  async participants(sessionSid: string) {
    const found = this.#in((service) =>
      this.#reader.list(
        `participants ${sessionSid}`,
        page,
        (limit) => service.sessions(sessionSid).participants.list(limit),
        page,
      ),
    );
    return (await found) ?? [];
  }

  async interactions(sessionSid: string) {
    const found = this.#in((service) =>
      this.#reader.list(
        `interactions ${sessionSid}`,
        maxInteractions,
        (limit) => service.sessions(sessionSid).interactions.list(limit),
        page,
      ),
    );
    return (await found) ?? [];
  }

  async #in<T>(read: (service: Service) => Promise<T>): Promise<T | undefined> {
    return this.#service === undefined ? undefined : read(this.#service);
  }
}

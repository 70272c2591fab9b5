import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Reader } from "./reader.ts";

/** Most addresses that are read; Twilio gives 50 a page. */
const maxAddresses = 500;

/** Which numbers open conversations of Flex Conversations. */
export class ConversationsReads {
  readonly #client: TwilioAccount["client"];
  readonly #reader: Reader;

  constructor({ client }: TwilioAccount, reader: (product: string) => Reader) {
    this.#client = client;
    this.#reader = reader("Conversations");
  }

  addresses(): Promise<readonly AddressConfigurationInstance[]> {
    return this.#reader.all("addresses", maxAddresses, (page) =>
      this.#client.conversations.v1.addressConfigurations.list({ ...page, pageSize: 50 }),
    );
  }

  /** The address of a number, where a message to it opens a conversation. */
  async opening(phoneNumber: string): Promise<AddressConfigurationInstance | undefined> {
    const found = await this.#reader.once(`address ${phoneNumber}`, () =>
      this.#client.conversations.v1.addressConfigurations(phoneNumber).fetch(),
    );
    return found !== undefined && opens(found) ? found : undefined;
  }
}

/** Whether an address opens conversations; one that does not is a record only. */
export function opens({ autoCreation }: AddressConfigurationInstance): boolean {
  return (autoCreation as { enabled?: boolean } | null)?.enabled === true;
}

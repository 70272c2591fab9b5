import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Reader } from "./reader.ts";

/** Most Flex Flows that are read. */
const maxFlows = 500;

export class FlexReads {
  readonly #client: TwilioAccount["client"];
  readonly #reader: Reader;

  constructor({ client }: TwilioAccount, reader: (product: string) => Reader) {
    this.#client = client;
    this.#reader = reader("Flex");
  }

  flows(): Promise<readonly FlexFlowInstance[]> {
    return this.#reader.all("Flex Flows", maxFlows, (page) => this.#client.flexApi.v1.flexFlow.list(page));
  }

  /** Flex's own record of a conversation. */
  channel(sid: string) {
    return this.#reader.once(`channel ${sid}`, () => this.#client.flexApi.v1.channel(sid).fetch());
  }
}

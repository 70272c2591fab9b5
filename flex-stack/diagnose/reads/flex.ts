import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Reader } from "./reader.ts";

/** Most Flex Flows that are read. */
const maxFlows = 500;
/** Most participants of an Interaction that are read. */
const maxParticipants = 100;

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

  /** The account's settings of Flex. */
  configuration() {
    return this.#reader.once("configuration", () => this.#client.flexApi.v1.configuration().fetch());
  }

  /** Flex's own record of a conversation. */
  channel(sid: string) {
    return this.#reader.once(`channel ${sid}`, () => this.#client.flexApi.v1.channel(sid).fetch());
  }

  /** The channel of an Interaction; gone 180 days after its last change. */
  interactionChannel({ interactionSid, channelSid }: InteractionNames) {
    return this.#reader.once(`interaction channel ${channelSid}`, () =>
      this.#client.flexApi.v1.interaction(interactionSid).channels(channelSid).fetch(),
    );
  }

  /** Who is in the channel of an Interaction. */
  interactionParticipants({ interactionSid, channelSid }: InteractionNames) {
    return this.#reader.list(`interaction participants ${channelSid}`, maxParticipants, (page) =>
      this.#client.flexApi.v1.interaction(interactionSid).channels(channelSid).participants.list(page),
    );
  }
}

/** An Interaction, which Twilio lists nowhere: the attributes of its tasks name it. */
export interface InteractionNames {
  readonly interactionSid: string;
  readonly channelSid: string;
}

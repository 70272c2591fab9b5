import type twilio from "twilio";

/** How a local Twilio is reached. */
export interface Reached {
  readonly client: ReturnType<typeof twilio>;
  send(
    method: string,
    url: string,
    options: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
  ): Promise<{ status: number; body: unknown }>;
}

/** A task as it is offered to an agent. */
export interface Offer {
  readonly reservationSid: string;
  readonly taskSid: string;
  readonly attributes: TaskAttributes;
}

export interface TaskAttributes {
  readonly [name: string]: unknown;
  readonly conversationSid: string;
  readonly flexInteractionSid: string;
  readonly flexInteractionChannelSid: string;
  readonly flexChannelInviteSid: string;
}

/** What Flex UI 2 asks of Twilio for an agent, by the official SDK, and as it sends what no document has: in JSON. */
export class FlexUi2 {
  readonly #local: Reached;
  readonly #worker: string;
  readonly identity: string;

  constructor(local: Reached, workerSid: string, identity: string) {
    this.#local = local;
    this.#worker = workerSid;
    this.identity = identity;
  }

  /** What waits for an answer of the agent, oldest first. */
  async offers(status: "pending" | "accepted" | "wrapping" = "pending"): Promise<Offer[]> {
    const { taskrouterWorkspaceSid } = await this.#local.client.flexApi.v1.configuration().fetch();
    const workspace = this.#local.client.taskrouter.v1.workspaces(taskrouterWorkspaceSid);
    const reservations = await workspace
      .workers(this.#worker)
      .reservations.list({ reservationStatus: status });
    return Promise.all(
      reservations.map(async ({ sid, taskSid }) => ({
        reservationSid: sid,
        taskSid,
        attributes: JSON.parse((await workspace.tasks(taskSid).fetch()).attributes) as TaskAttributes,
      })),
    );
  }

  /** The only one. */
  async offer(): Promise<Offer> {
    const [only, ...others] = await this.offers();
    if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} offers, not one`);
    return only;
  }

  /** Answers an invite. @returns the status of the answer, and its body */
  answer(
    { reservationSid, attributes }: Offer,
    action: "accept" | "decline",
  ): Promise<{ status: number; body: unknown }> {
    const { flexInteractionSid: kd, flexInteractionChannelSid: uo, flexChannelInviteSid: kg } = attributes;
    return this.post(`/v1/Interactions/${kd}/Channels/${uo}/Invites/${kg}`, {
      action,
      routing: { type: "taskrouter", reservation: { sid: reservationSid } },
    });
  }

  async accept(): Promise<Offer> {
    const offer = await this.offer();
    const { status, body } = await this.answer(offer, "accept");
    if (status !== 200) throw new Error(JSON.stringify(body));
    return offer;
  }

  channel({ attributes }: Offer) {
    const { flexInteractionSid, flexInteractionChannelSid } = attributes;
    return this.#local.client.flexApi.v1.interaction(flexInteractionSid).channels(flexInteractionChannelSid);
  }

  wrapUp(offer: Offer) {
    return this.channel(offer).update({ status: "closed", routing: { status: "wrapup" } });
  }

  complete(offer: Offer) {
    return this.channel(offer).update({ status: "closed", routing: { status: "closed" } });
  }

  /** Sends what the SDK has no words for. */
  post(path: string, json: object): Promise<{ status: number; body: unknown }> {
    return this.#local.send("POST", `https://flex-api.twilio.com${path}`, {
      body: JSON.stringify(json),
      headers: { "content-type": "application/json" },
    });
  }

  /** Writes in the conversation, as somebody who is in it. @returns the SID of the message */
  async write({ attributes }: Offer, body: string): Promise<string> {
    const { messages } = this.#local.client.conversations.v1.conversations(attributes.conversationSid);
    return (await messages.create({ author: this.identity, body, xTwilioWebhookEnabled: "true" })).sid;
  }
}

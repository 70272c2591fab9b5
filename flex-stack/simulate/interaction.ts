import { type TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

/** The Interaction that a task is about, from its attributes, which Twilio writes. */
export interface InteractionTask {
  readonly interactionSid: string;
  readonly channelSid: string;
  readonly inviteSid: string;
  readonly conversationSid: string;
}

/** Reads a task's attributes; undefined where it is of no Interaction: of Programmable Chat, or of no chat at all. */
export function interactionOf(attributes: Readonly<Record<string, unknown>>): InteractionTask | undefined {
  const {
    flexInteractionSid: interactionSid,
    flexInteractionChannelSid: channelSid,
    flexChannelInviteSid: inviteSid,
    conversationSid,
  } = attributes;
  return isText(interactionSid) && isText(channelSid) && isText(inviteSid) && isText(conversationSid)
    ? { interactionSid, channelSid, inviteSid, conversationSid }
    : undefined;
}

/**
 * What Flex UI 2 does with a task of Flex Conversations: the agent accepts through the invite, which makes them a
 * participant, and the conversation is closed with the task. Not by the reservation: that alone would leave the customer
 * without the agent.
 */
export class InteractionTasks {
  readonly #http: TwilioHttp;

  constructor(http: TwilioHttp) {
    this.#http = http;
  }

  /** Action AcceptTask; the reservation is accepted by it. */
  async accept({ inviteSid, ...task }: InteractionTask, reservationSid: string): Promise<void> {
    await this.#http.send({
      method: "POST",
      url: `${channel(task)}/Invites/${inviteSid}`,
      json: { action: "accept", routing: { type: "taskrouter", reservation: { sid: reservationSid } } },
    });
  }

  /** Actions WrapupTask and CompleteTask; both close the conversation. */
  async end(task: InteractionTask, routing: "wrapup" | "closed"): Promise<void> {
    const form = { Status: "closed", Routing: JSON.stringify({ status: routing }) };
    await this.#http.send({ method: "POST", url: channel(task), form });
  }

  /**
   * Says something in the conversation, as far as the agent's role there permits. Twilio's client for browsers, by which
   * agents write, is refused without the permission; the API asks for none.
   *
   * @returns the SID of the message
   * @throws TwilioRefusal 50430 when the agent is not in it, 50107 when the role lacks sendMessage
   */
  async write({ conversationSid }: InteractionTask, author: string, body: string): Promise<string> {
    await this.#requireToWrite(conversationSid, author);
    const { sid } = await this.#http.send<{ sid: string }>({
      method: "POST",
      url: `https://conversations.twilio.com/v1/Conversations/${conversationSid}/Messages`,
      form: { Author: author, Body: body },
    });
    return sid;
  }

  async #requireToWrite(conversationSid: string, identity: string): Promise<void> {
    const conversation = `https://conversations.twilio.com/v1/Conversations/${conversationSid}`;
    const { participants } = await this.#http.send<{
      participants: { identity: string | null; role_sid: string }[];
    }>({ method: "GET", url: `${conversation}/Participants?PageSize=100` });
    const own = participants.find((one) => one.identity === identity);
    if (own === undefined)
      throw new TwilioRefusal(
        403,
        50430,
        `User ${identity} is no participant of conversation ${conversationSid}`,
      );
    const { friendly_name: name, permissions } = await this.#http.send<{
      friendly_name: string;
      permissions: string[];
    }>({ method: "GET", url: `https://conversations.twilio.com/v1/Roles/${own.role_sid}` });
    if (!permissions.includes("sendMessage"))
      throw new TwilioRefusal(403, 50107, `User unauthorized for command: role ${name} lacks sendMessage`);
  }
}

function channel({ interactionSid, channelSid }: Pick<InteractionTask, "interactionSid" | "channelSid">) {
  return `https://flex-api.twilio.com/v1/Interactions/${interactionSid}/Channels/${channelSid}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

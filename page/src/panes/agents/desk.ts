import { own, Refusal, twilio } from "../../data/api.ts";
import { flex } from "../../data/account.ts";
import type { Place } from "../../data/talk.ts";
import { attributesOf } from "../../ui/json.ts";

/** What `GET /_emulator/desks` tells of a worker. */
export interface DeskSummary {
  readonly sid: string;
  readonly name: string;
  readonly activity: { readonly sid: string; readonly name: string; readonly available?: boolean };
  readonly offered: number;
  readonly accepted: number;
  readonly wrapping: number;
}

export interface Desks {
  readonly workspace: string | null;
  readonly activities: readonly {
    readonly sid: string;
    readonly name: string;
    readonly available: boolean;
  }[];
  readonly total: number;
  readonly desks: readonly DeskSummary[];
}

/** A task on a desk. */
export interface Reservation {
  readonly sid: string;
  readonly status: "pending" | "accepted" | "wrapping";
  readonly created: string;
  readonly due: string | null;
  /** Seconds. */
  readonly timeout: number;
  readonly task?: {
    readonly sid: string;
    readonly status: string;
    readonly created: string;
    readonly channel: string;
    readonly queue: string | null;
    readonly priority: number;
    readonly attributes: string;
  };
}

/** What `GET /_emulator/desks/{SID}` tells. */
export interface Desk extends DeskSummary {
  readonly workspace: string;
  readonly identity: string;
  readonly attributes: string;
  readonly channels: readonly {
    readonly sid: string;
    readonly name: string;
    readonly capacity: number;
    readonly available: boolean;
    readonly taken: number;
  }[];
  readonly reservations: readonly Reservation[];
}

export const desks = (search: string): Promise<Desks> =>
  own<Desks>("GET", `/desks?search=${encodeURIComponent(search)}`);
export const desk = (sid: string): Promise<Desk> => own<Desk>("GET", `/desks/${sid}`);

/** The Interaction of Flex Conversations that a task is about. */
interface Interaction {
  readonly channel: string;
  readonly interactionSid: string;
  readonly channelSid: string;
  readonly inviteSid: string;
}

/** Where the customer of a task is talked to; undefined where the task is about no conversation. */
export function placeOf({ task }: Reservation): Place | undefined {
  const { conversationSid, channelSid } = attributesOf(task?.attributes ?? "");
  if (interactionOf(task?.attributes) !== undefined && isText(conversationSid))
    return { kind: "conversation", sid: conversationSid };
  return isText(channelSid) ? { kind: "chat", sid: channelSid } : undefined;
}

function interactionOf(attributes = ""): Interaction | undefined {
  const {
    flexInteractionSid: interactionSid,
    flexInteractionChannelSid: channelSid,
    flexChannelInviteSid: inviteSid,
  } = attributesOf(attributes);
  if (!isText(interactionSid) || !isText(channelSid) || !isText(inviteSid)) return undefined;
  const channel = `flex-api.twilio.com/v1/Interactions/${interactionSid}/Channels/${channelSid}`;
  return { channel, interactionSid, channelSid, inviteSid };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Whether a task can be handed to another agent: Twilio's API has that for Flex Conversations alone. */
export function canBeTransferred({ task, status }: Reservation): boolean {
  return status === "accepted" && interactionOf(task?.attributes) !== undefined;
}

/**
 * What Flex UI does in an agent's browser: the same requests in the same order. Of Flex Conversations as Flex UI 2, by the
 * invite; of Programmable Chat as Flex UI 1.x, which adds the agent to the channel once the reservation is accepted.
 */
export class FlexUi {
  readonly #desk: Desk;

  constructor(of: Desk) {
    this.#desk = of;
  }

  /** Who can't be added to the chat channel has accepted all the same. */
  async accept(reservation: Reservation): Promise<void> {
    const interaction = interactionOf(reservation.task?.attributes);
    if (interaction !== undefined) return this.#answer(interaction, reservation, "accept");
    await this.#update(reservation, "accepted");
    const place = placeOf(reservation);
    if (place !== undefined) await this.#join(place.sid);
  }

  async reject(reservation: Reservation): Promise<void> {
    const interaction = interactionOf(reservation.task?.attributes);
    if (interaction !== undefined) return this.#answer(interaction, reservation, "decline");
    await this.#update(reservation, "rejected");
  }

  async wrapUp(reservation: Reservation): Promise<void> {
    const interaction = interactionOf(reservation.task?.attributes);
    if (interaction !== undefined) return this.#end(interaction, "wrapup");
    const place = placeOf(reservation);
    if (place !== undefined) await this.#deactivate(place.sid);
    await this.#update(reservation, "wrapping");
  }

  async complete(reservation: Reservation): Promise<void> {
    const interaction = interactionOf(reservation.task?.attributes);
    if (interaction !== undefined) return this.#end(interaction, "closed");
    const place = placeOf(reservation);
    if (place !== undefined) {
      await this.#deactivate(place.sid);
      await this.#leave(place.sid);
    }
    await this.#update(reservation, "completed");
  }

  /** Hands a conversation on, to a worker or a queue. */
  async transfer(reservation: Reservation, to: string): Promise<void> {
    const interaction = interactionOf(reservation.task?.attributes);
    if (interaction === undefined)
      throw new Error("Twilio's API hands on conversations of Flex Conversations only");
    const { flex_instance_sid: instance } = await flex();
    const { participants } = await twilio<{
      participants: { sid: string; type: string; routing_properties?: { worker_sid?: string } | null }[];
    }>("GET", `${interaction.channel}/Participants?PageSize=100`);
    const agents = participants.filter(({ type }) => type === "agent");
    const own = agents.find((one) => one.routing_properties?.worker_sid === this.#desk.sid) ?? agents[0];
    const { interactionSid, channelSid } = interaction;
    await twilio(
      "POST",
      `flex-api.twilio.com/v1/Instances/${instance ?? ""}/Interactions/${interactionSid}/Channels/${channelSid}/Transfers`,
      { json: { type: "cold", from: own?.sid ?? "", to } },
    );
  }

  #answer(
    { channel, inviteSid }: Interaction,
    { sid }: Reservation,
    action: "accept" | "decline",
  ): Promise<void> {
    return twilio("POST", `${channel}/Invites/${inviteSid}`, {
      json: { action, routing: { type: "taskrouter", reservation: { sid } } },
    });
  }

  #end({ channel }: Interaction, routing: "wrapup" | "closed"): Promise<void> {
    return twilio("POST", channel, {
      form: { Status: "closed", Routing: JSON.stringify({ status: routing }) },
    });
  }

  #update({ sid }: Reservation, status: string): Promise<void> {
    const { workspace, sid: worker } = this.#desk;
    return twilio(
      "POST",
      `taskrouter.twilio.com/v1/Workspaces/${workspace}/Workers/${worker}/Reservations/${sid}`,
      {
        form: { ReservationStatus: status },
      },
    );
  }

  async #join(channelSid: string): Promise<void> {
    const { identity } = this.#desk;
    const { roles } = attributesOf(this.#desk.attributes);
    const role =
      ["admin", "supervisor"].find((name) => Array.isArray(roles) && roles.includes(name)) ?? "agent";
    try {
      await twilio("POST", `flex-api.twilio.com/v1/Channels/${channelSid}/Roles/${role}/Users`, {
        form: { Identity: identity },
        as: identity,
      });
    } catch (error) {
      // An agent who is in the channel already is fine.
      if (!(error instanceof Refusal) || error.status !== 409) throw error;
    }
  }

  async #deactivate(channelSid: string): Promise<void> {
    const at = await this.#channel(channelSid);
    const as = this.#desk.identity;
    const { attributes } = await twilio<{ attributes: string }>("GET", at, { as });
    const changed = { ...attributesOf(attributes), status: "INACTIVE" };
    await twilio("POST", at, { form: { Attributes: JSON.stringify(changed) }, as });
  }

  async #leave(channelSid: string): Promise<void> {
    const as = this.#desk.identity;
    await twilio("DELETE", `${await this.#channel(channelSid)}/Members/${encodeURIComponent(as)}`, { as });
  }

  async #channel(channelSid: string): Promise<string> {
    const { chat_service_instance_sid: service } = await flex();
    return `chat.twilio.com/v2/Services/${service ?? ""}/Channels/${channelSid}`;
  }
}

const workerAt = ({ workspace, sid }: Desk): string =>
  `taskrouter.twilio.com/v1/Workspaces/${workspace}/Workers/${sid}`;

export function setActivity(of: Desk, activitySid: string): Promise<void> {
  return twilio("POST", workerAt(of), { form: { ActivitySid: activitySid } });
}

export function setAttributes(of: Desk, attributes: string): Promise<void> {
  return twilio("POST", workerAt(of), { form: { Attributes: attributes } });
}

export function setCapacity(of: Desk, channelSid: string, capacity: number): Promise<void> {
  return twilio("POST", `${workerAt(of)}/Channels/${channelSid}`, { form: { Capacity: String(capacity) } });
}

/** Moves the clock to where an offer runs out, and with it all that is due before. */
export async function letTimeOut({ due }: Reservation): Promise<void> {
  if (due !== null) await own("POST", "/clock", { set: due });
}

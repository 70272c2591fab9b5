import { Emitter } from "./emitter.ts";
import type { Offer } from "./protocol.ts";

/** Makes a change of a reservation; what it rejects with reaches who asked for the change. */
export type Respond = (reservationSid: string, status: string) => Promise<void>;

/** A reservation of twilio-taskrouter, without TaskRouter. */
export class StandInReservation extends Emitter {
  readonly sid: string;
  readonly task: Emitter & {
    readonly sid: string;
    readonly taskChannelUniqueName: string;
    readonly attributes: object;
    readonly routingTarget: string | null;
  };
  readonly dateCreated = new Date();
  readonly dateUpdated = new Date();
  status: string;
  readonly #respond: Respond;

  constructor(offer: Offer, respond: Respond) {
    super();
    this.sid = offer.sid;
    this.status = offer.status ?? "pending";
    this.#respond = respond;
    const { taskSid: sid, taskChannelUniqueName, attributes, routingTarget = null } = offer;
    const now = new Date();
    this.task = Object.assign(new Emitter(), {
      sid,
      taskChannelUniqueName,
      routingTarget,
      attributes: attributes ?? {},
      status: "reserved",
      age: 0,
      priority: 0,
      dateCreated: now,
      dateUpdated: now,
    });
  }

  readonly accept = (): Promise<this> => this.#change("accepted", "accepted", "accepted");
  readonly wrap = (): Promise<this> => this.#change("wrapping", "wrapping", "wrapup");
  readonly complete = (): Promise<this> => this.#change("completed", "completed", "completed");

  /** Has it come to an end that nobody here asked for, e.g. `rescinded`. */
  end(status: string): void {
    this.status = status;
    this.emit(status);
  }

  async #change(asked: string, status: string, event: string): Promise<this> {
    await this.#respond(this.sid, asked);
    this.status = status;
    this.emit(event);
    return this;
  }
}

/** The Worker of twilio-taskrouter that Flex knows as its `workerClient`, without TaskRouter. */
export class StandInWorker extends Emitter {
  readonly sid: string;
  readonly name = "alice";
  readonly attributes = { contact_uri: "client:alice", full_name: "Alice" };
  readonly activity = { sid: "WA1", name: "Available", available: true, isCurrent: true };
  readonly activities = new Map([["WA1", this.activity]]);
  readonly channels: Map<string, { taskChannelUniqueName: string; capacity: number }>;
  readonly reservations = new Map<string, StandInReservation>();
  readonly dateActivityChanged = new Date();
  readonly dateStatusChanged = new Date();
  readonly dateUpdated = new Date();
  readonly #respond: Respond;

  constructor(sid: string, capacities: Readonly<Record<string, number>>, respond: Respond) {
    super();
    this.sid = sid;
    this.#respond = respond;
    this.channels = new Map(
      Object.entries(capacities).map(([taskChannelUniqueName, capacity], index) => [
        `WC${index}`,
        { taskChannelUniqueName, capacity },
      ]),
    );
  }

  /** Puts a reservation there; `tell` emits `reservationCreated`, as TaskRouter's client does. */
  offer(offer: Offer, { tell = true } = {}): void {
    const reservation = this.reservations.get(offer.sid) ?? new StandInReservation(offer, this.#respond);
    this.reservations.set(offer.sid, reservation);
    if (tell) this.emit("reservationCreated", reservation);
  }
}

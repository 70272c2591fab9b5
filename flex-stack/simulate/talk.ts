import type { Customer } from "./customer.ts";
import type { FlexUi, Reservation } from "./flex-ui.ts";
import { failureSince, type Journey, readJourney, taskOf, waitsForReply } from "./journey.ts";
import { reservationOf } from "./simulation.ts";
import { type ToldEntry, withTexts } from "./texts.ts";
import type { TwilioHttp } from "./twilio-http.ts";
import { whyNobody } from "./verdict.ts";
import type { PutBack } from "./workers.ts";

/** What came of something that was said. */
export interface Heard {
  /** What happened that was not told yet. */
  readonly entries: readonly ToldEntry[];
  /** The agent who has the conversation now; undefined where nobody has. */
  readonly agent: string | undefined;
  /** Why nobody has it, where not the flow asks for more. */
  readonly problem: string | undefined;
}

/** A conversation between a customer and whoever is offered it, text by text. */
export class Talk {
  readonly #http: TwilioHttp;
  readonly #customer: Customer;
  readonly #open: (worker: string | undefined) => Promise<FlexUi | undefined>;
  readonly #stack: string;
  /** How many entries of a conversation were told. */
  readonly #told = new Map<string, number>();
  #last: string | undefined;
  #served: { readonly flex: FlexUi; readonly reservation: Reservation } | undefined;

  /** Whom an earlier task had timed out on. */
  readonly putBack: readonly PutBack[];

  /** @param open Flex UI of whom it is to be, or of the worker who is offered the task. */
  constructor(
    http: TwilioHttp,
    customer: Customer,
    open: (worker: string | undefined) => Promise<FlexUi | undefined>,
    { stack, putBack }: { readonly stack: string; readonly putBack: readonly PutBack[] },
  ) {
    this.#http = http;
    this.#customer = customer;
    this.#open = open;
    this.#stack = stack;
    this.putBack = putBack;
  }

  /** The customer writes; who is offered the task accepts it. */
  async say(text: string): Promise<Heard> {
    const message = await this.#customer.write(text, []);
    this.#last = message;
    const journey = await readJourney(this.#http, message);
    const task = await taskOf(this.#http, journey);
    const flex = await this.#open(task?.agents[0]);
    const reservation = task && flex && (await reservationOf(flex, task));
    if (flex !== undefined && reservation !== undefined) {
      if (reservation.status === "pending") await flex.accept(reservation);
      this.#served = { flex, reservation };
      return { entries: await this.#news(), agent: flex.agent.name, problem: undefined };
    }
    this.#served = undefined;
    return { entries: await this.#news(), agent: undefined, problem: await this.#problem(journey, message) };
  }

  /** The agent who has it writes. */
  async answer(text: string): Promise<readonly ToldEntry[]> {
    if (this.#served !== undefined) await this.#served.flex.answer(this.#served.reservation, text);
    return this.#news();
  }

  /** The agent who has it wraps up and completes. */
  async end(): Promise<readonly ToldEntry[]> {
    if (this.#served !== undefined) {
      const { flex, reservation } = this.#served;
      await flex.wrapUp(reservation);
      await flex.complete(reservation);
      this.#served = undefined;
    }
    return this.#news();
  }

  async #problem(journey: Journey, message: string): Promise<string | undefined> {
    const failed = failureSince(journey, message);
    if (failed !== undefined) return failed.text;
    if (waitsForReply(journey)) return undefined;
    const task = await taskOf(this.#http, journey);
    if (task === undefined) return "Nothing made a task of it.";
    return (await whyNobody(this.#http, task, this.#stack)).problem;
  }

  async #news(): Promise<ToldEntry[]> {
    if (this.#last === undefined) return [];
    const { conversation, entries } = await readJourney(this.#http, this.#last);
    const key = conversation ?? this.#last;
    const news = entries.slice(this.#told.get(key) ?? 0);
    this.#told.set(key, entries.length);
    return withTexts(this.#http, news);
  }
}

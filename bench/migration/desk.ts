import { FlexUi, type Reservation } from "../../flex-stack/simulate/flex-ui.ts";
import type { Random } from "../random.ts";
import type { Account } from "./account.ts";

/** A task that an agent is at. */
interface Held {
  /** Name of the worker. */
  readonly agent: string;
  readonly reservation: Reservation;
  /** Of Programmable Chat; undefined for one of Flex Conversations. */
  readonly chat: Chat | undefined;
}

interface Chat {
  readonly pair: string;
  readonly url: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export function pairOf(customer: string, number: string): string {
  return `${customer} ${number}`;
}

/** The agents: they take every task, answer each once or more, and end it sooner or later. */
export class Desk {
  /** Everything that they wrote to customers. */
  readonly replies: string[] = [];
  /** SIDs of chats and conversations, with those of the tasks that agents got of each. */
  readonly tasks = new Map<string, Set<string>>();
  #agents = new Map<string, FlexUi>();
  readonly #account: Account;
  readonly #random: Random;
  #held: Held[] = [];

  private constructor(account: Account, random: Random) {
    this.#account = account;
    this.#random = random;
  }

  /** Has workers at their desks, by name, each with room for all. */
  static async open(account: Account, names: readonly string[], random: Random): Promise<Desk> {
    const desk = new Desk(account, random);
    for (const name of names) desk.#agents.set(name, await FlexUi.open(account.http, name));
    for (const { agent } of desk.#agents.values()) {
      const { workspaceSid, workerSid } = agent;
      const channels = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workers/${workerSid}/Channels`;
      for (const { sid } of await account.list<{ sid: string }>(channels, "channels"))
        await account.http.send({ method: "POST", url: `${channels}/${sid}`, form: { Capacity: "5000" } });
    }
    return desk;
  }

  /** Pairs of customer and number that an agent has a chat of Programmable Chat with. */
  chats(): Set<string> {
    return new Set(this.#held.flatMap(({ chat }) => chat?.pair ?? []));
  }

  /** Takes what is offered and answers it, and ends a share of what is held, from 0 to 1. */
  async work(ended: number): Promise<void> {
    // The clock has moved on: whoever opens Flex anew has credentials of today.
    for (const agent of this.#agents.keys())
      this.#agents.set(agent, await FlexUi.open(this.#account.http, agent));
    for (const [agent, flexUi] of this.#agents)
      for (const reservation of await flexUi.reservations("pending")) {
        await flexUi.accept(reservation);
        const { attributes } = await this.#account.http.send<{ attributes: string }>({
          method: "GET",
          url: `https://taskrouter.twilio.com/v1/Workspaces/${flexUi.agent.workspaceSid}/Tasks/${reservation.taskSid}`,
        });
        this.#note(attributes, reservation.taskSid);
        const held = { agent, reservation, chat: await this.#chatOf(flexUi, attributes) };
        this.#held.push(held);
        await this.#reply(held);
      }
    const staying: Held[] = [];
    for (const held of this.#held) {
      const isEnding = this.#random.chance(ended);
      const act = () => (isEnding ? this.#end(held) : this.#reply(held));
      const isThere = isEnding || this.#random.chance(0.1) ? await this.#do(held, act) : true;
      if (isThere && !isEnding) staying.push(held);
    }
    this.#held = staying;
  }

  /** Does something with a task, or tidies up where TaskRouter has deleted it after a day. @returns whether it was there */
  async #do({ chat }: Held, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      if ((error as { status?: number }).status !== 404) throw error;
      if (chat !== undefined) await this.#close(chat);
      return false;
    }
  }

  /** Closes a chat that has no task any more, by hand. */
  async #close({ url, attributes }: Chat): Promise<void> {
    const [service] = await this.#account.list<{ sid: string }>(
      "https://proxy.twilio.com/v1/Services",
      "services",
    );
    await this.#account.http.send({
      method: "POST",
      url: `https://proxy.twilio.com/v1/Services/${service?.sid}/Sessions/${String(attributes["proxySession"])}`,
      form: { Status: "closed" },
    });
    const form = { Attributes: JSON.stringify({ ...attributes, status: "INACTIVE" }) };
    await this.#account.http.send({ method: "POST", url, form });
  }

  #at(agent: string): FlexUi {
    const flexUi = this.#agents.get(agent);
    if (flexUi === undefined) throw new Error(`${agent} is not at the desk`);
    return flexUi;
  }

  #note(given: string, taskSid: string): void {
    const { conversationSid, channelSid } = JSON.parse(given) as Record<string, string | undefined>;
    const room = conversationSid ?? channelSid ?? "";
    this.tasks.set(room, (this.tasks.get(room) ?? new Set()).add(taskSid));
  }

  /** The chat that a task is about, if it is one. */
  async #chatOf({ chatServiceSid }: FlexUi, given: string): Promise<Chat | undefined> {
    const task = JSON.parse(given) as Record<string, string | undefined>;
    if (task["flexInteractionChannelSid"] !== undefined) return undefined;
    const url = `https://chat.twilio.com/v2/Services/${chatServiceSid}/Channels/${task["channelSid"]}`;
    const channel = await this.#account.http.send<{ attributes: string }>({ method: "GET", url });
    const attributes = JSON.parse(channel.attributes) as Record<string, unknown>;
    return { pair: pairOf(String(attributes["from"]), String(attributes["serviceNumber"])), url, attributes };
  }

  async #reply({ agent, reservation }: Held): Promise<void> {
    const body = `Reply ${this.replies.length + 1}`;
    await this.#at(agent).answer(reservation, body);
    this.replies.push(body);
  }

  async #end({ agent, reservation }: Held): Promise<void> {
    await this.#at(agent).wrapUp(reservation);
    await this.#at(agent).complete(reservation);
  }
}

import type { Centre } from "./centre.ts";
import type { LocalTwilio } from "../support/useLocalTwilio.ts";

/** The number of a new account that no test has set up. */
export const number = "+14155550142";

export type Next = Record<string, string | undefined>;

/** A state; each event leads to a state, or nowhere. */
export const state = (name: string, type: string, next: Next, properties: object = {}) => ({
  name,
  type,
  transitions: Object.entries(next).map(([event, to]) => ({ event, ...(to !== undefined && { next: to }) })),
  properties: { offset: { x: 0, y: 0 }, ...properties },
});

export interface Variable {
  readonly key: string;
  readonly value: string;
  readonly type?: string;
}

export const set = (name: string, variables: readonly Variable[], next?: string) =>
  state(name, "set-variables", { next }, { variables });

/** What tests do with flows of a local Twilio. */
export class StudioFlows {
  readonly #local: LocalTwilio;
  #contacts = 0;

  constructor(local: LocalTwilio) {
    this.#local = local;
  }

  get #flows() {
    return this.#local.client.studio.v2.flows;
  }

  /** Publishes a flow whose trigger leads to its first state, whatever started it. @returns its SID */
  async publish(states: readonly object[]): Promise<string> {
    const first = (states[0] as { name: string }).name;
    const events = ["incomingMessage", "incomingConversationMessage", "incomingRequest", "incomingParent"];
    const trigger = state("Trigger", "trigger", Object.fromEntries(events.map((event) => [event, first])));
    const definition = {
      description: "test",
      states: [trigger, ...states],
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
    };
    return (await this.#flows.create({ friendlyName: "Flow", status: "published", definition })).sid;
  }

  /** Runs a flow by the API until it waits or is over. @returns what became of it */
  async run(states: readonly object[], parameters: object = {}) {
    const flowSid = await this.publish(states);
    const to = `+1415555${String(7000 + ++this.#contacts)}`;
    const { sid } = await this.#flows(flowSid).executions.create({ to, from: number, parameters });
    await this.#local.advance(0);
    return { to, ...(await this.outcome(flowSid, sid)) };
  }

  /** Context, steps and journal of an execution. */
  async outcome(flowSid: string, sid?: string) {
    const { executions } = this.#flows(flowSid);
    const found = sid ?? (await executions.list())[0]?.sid ?? "";
    const { context } = await executions(found).executionContext().fetch();
    const steps = await executions(found).steps.list();
    const { body } = await this.#local.own("GET", `/journeys/${found}`);
    const { entries } = body as { entries: { text: string; code: number | null }[] };
    return {
      sid: found,
      flowSid,
      context: context as Context,
      /** `First failed Ended`, newest first. */
      steps: steps.map((step) => `${step.transitionedFrom} ${step.name} ${step.transitionedTo}`),
      notes: entries.map(({ text }) => text),
      failures: entries.filter(({ code }) => code !== null).map(({ code, text }) => `${code} ${text}`),
    };
  }

  /** Leads the number's texts to a flow and lets one come in. @returns what became of it */
  async text(centre: Centre, flowSid: string, from: string, body: string) {
    const [owned] = await this.#local.client.incomingPhoneNumbers.list({ phoneNumber: number });
    await this.#local.client.incomingPhoneNumbers(owned?.sid ?? "").update({
      smsUrl: `https://webhooks.twilio.com/v1/Accounts/${this.#local.emulator.accountSid}/Flows/${flowSid}`,
    });
    await centre.text(from, number, body);
    return this.outcome(flowSid);
  }
}

export interface Context {
  readonly flow: {
    readonly variables: Record<string, unknown>;
    readonly data: unknown;
    readonly channel: unknown;
  };
  readonly trigger: Record<string, Record<string, unknown>>;
  readonly widgets: Record<string, Record<string, unknown>>;
  readonly contact: unknown;
}

import type { Twilio } from "twilio";
import { withWritableAccount, type TwilioAccount } from "../../flex-stack/account/account.ts";
import {
  findLines,
  finish,
  planReplay,
  reconcile,
  replay,
  servicesOf,
  usualService,
  type Reconciliation,
  type Replayed,
} from "../../flex-stack/migrate/reconcile/index.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { findPlace, type Place } from "../../flex-stack/whereabouts/place.ts";
import { type EmulatorOptions, startEmulator, type Emulator } from "../../emulator/index.ts";
import { Centre, handleByFlex, number } from "../journey/centre.ts";
import { createConformance } from "../conformance/validator.ts";
import { localTwilio } from "../support/localTwilio.ts";

export { number };
export const ann = "+14155550170";
export const bob = "+14155550171";

interface State {
  readonly name: string;
  readonly type: string;
  readonly transitions: { event: string; next?: string }[];
}

/** Every request that the replay sends, to be counted, or to end the process at one of them. */
export type OnRequest = (count: number, moment: "before" | "after", uri: string) => void | Promise<void>;

/** A number that Chat and Proxy handle, with an Address that is off: both ways can be opened and closed. */
export class MovingNumber extends Centre {
  readonly emulator: Emulator;
  flowSid = "";
  #flexFlow = "";
  #proxyUrl = "";
  #addressSid = "";

  static async open(options: EmulatorOptions = {}): Promise<MovingNumber> {
    const conformance = createConformance();
    const onExchange = conformance.onExchange;
    const emulator = await startEmulator({ file: ":memory:", port: 0, onExchange, ...options });
    const moving = new MovingNumber(emulator);
    await moving.#prepare();
    return moving;
  }

  private constructor(emulator: Emulator) {
    super(localTwilio(emulator), emulator);
    this.emulator = emulator;
  }

  async #prepare(): Promise<void> {
    this.#flexFlow = await handleByFlex(this.client);
    const flows = await this.client.studio.v2.flows.list();
    this.flowSid = flows.find(({ friendlyName }) => friendlyName === "Messaging Flow")?.sid ?? "";
    const flow = await this.client.studio.v2.flows(this.flowSid).fetch();
    const definition = flow.definition as { states: State[] };
    // One flow for both worlds, as the migration wants it.
    const states = definition.states.map((state) =>
      state.type !== "trigger"
        ? state
        : {
            ...state,
            transitions: [
              ...state.transitions.filter(({ event }) => event !== "incomingConversationMessage"),
              {
                event: "incomingConversationMessage",
                next: state.transitions.find(({ event }) => event === "incomingMessage")?.next,
              },
            ],
          },
    );
    await flow.update({ status: "published", definition: { ...definition, states } });
    const [owned] = await this.client.incomingPhoneNumbers.list({ phoneNumber: number });
    this.#proxyUrl = owned?.smsUrl ?? "";
    await this.setAddress({ type: "studio", enabled: false });
    await this.dismissAll();
    await this.hire("alice", { routing: { skills: [], levels: {} } });
  }

  async setAddress(given: { type: "studio" | "webhook" | "default"; enabled: boolean; url?: string }) {
    const { addressConfigurations } = this.client.conversations.v1;
    if (this.#addressSid !== "") await addressConfigurations(this.#addressSid).remove();
    const made = await addressConfigurations.create({
      type: "sms",
      address: number,
      "autoCreation.enabled": given.enabled,
      "autoCreation.type": given.type,
      ...(given.type === "studio" && { "autoCreation.studioFlowSid": this.flowSid }),
      ...(given.url !== undefined && {
        "autoCreation.webhookUrl": given.url,
        "autoCreation.webhookFilters": ["onMessageAdded"],
      }),
    });
    this.#addressSid = made.sid;
  }

  async removeAddress(): Promise<void> {
    await this.client.conversations.v1.addressConfigurations(this.#addressSid).remove();
    this.#addressSid = "";
  }

  /** Which worlds get texts from now on. */
  async ways({ chat, conversations }: { chat: boolean; conversations: boolean }): Promise<void> {
    const [owned] = await this.client.incomingPhoneNumbers.list({ phoneNumber: number });
    await this.client.incomingPhoneNumbers(owned?.sid ?? "").update({ smsUrl: chat ? this.#proxyUrl : "" });
    await this.client.flexApi.v1.flexFlow(this.#flexFlow).update({ enabled: chat });
    await this.client.conversations.v1
      .addressConfigurations(this.#addressSid)
      .update({ "autoCreation.enabled": conversations });
  }

  /** A customer writes. @returns the text's SID */
  writes(body: string, from = ann, mediaUrls: readonly string[] = []): Promise<string> {
    return this.text(from, number, body, mediaUrls);
  }

  async fault(description: object): Promise<void> {
    await this.http.send({ method: "POST", url: "/_emulator/faults", json: description });
  }

  account<T>(
    body: (account: TwilioAccount, writer: Twilio, place: Place) => Promise<T>,
    onRequest: OnRequest = () => undefined,
  ): Promise<T> {
    const { url, accountSid, authToken } = this.emulator;
    const config = { "twilio:endpoint": url, "twilio:accountSid": accountSid, "twilio:authToken": authToken };
    const settings = { project: { name: "flex-messaging", runtime: "nodejs" }, stack: { config } };
    const clock = () => this.http.send<{ now: string }>({ method: "GET", url: "/_emulator/clock" });
    const twilio = { clockOffset: async () => Date.parse((await clock()).now) - Date.now() };
    const session = { name: "dev", settings };
    const run = { session, twilio, signal: new AbortController().signal } as unknown as StackRun;
    return withWritableAccount(
      run,
      async (account, writer) => {
        let count = 0;
        const send = writer.request.bind(writer);
        writer.request = async (options) => {
          const own = (count += 1);
          await onRequest(own, "before", options.uri ?? "");
          const answer = await send(options);
          await onRequest(own, "after", options.uri ?? "");
          return answer;
        };
        return body(account, writer, await findPlace(account, []));
      },
      { maxRetries: 2 },
    );
  }

  /** The last hour, once nothing is on its way any more. */
  async reconcile(): Promise<Reconciliation & { readonly calls: number }> {
    await this.advance(61);
    return this.account(async (account, _, place) => ({
      ...(await this.#look(account, place)),
      calls: account.calls,
    }));
  }

  async #look(account: TwilioAccount, place: Place): Promise<Reconciliation> {
    const since = new Date(account.now() - 3_600_000);
    const until = new Date(account.now() - 60_000);
    return reconcile({ number, since, until }, account, place, await findLines(account, number));
  }

  /** Finds what is lost, and puts it in. */
  async replay(
    onRequest?: OnRequest,
    { signal }: { readonly signal: AbortSignal } = new AbortController(),
  ): Promise<readonly Replayed[]> {
    await this.advance(61);
    return this.account(async (account, writer, place) => {
      const found = await this.#look(account, place);
      const lines = await findLines(account, number);
      const done = await replay(planReplay(found, lines).replays, {
        account,
        writer,
        services: await servicesOf(account, place, lines),
        usualService: (await usualService(account)) ?? "",
        signal,
      });
      for (const { room } of found.unfinished)
        await finish({ opening: lines.openings.get(room.line ?? ""), customer: room.customer }, room, {
          account,
          writer,
          signal,
        });
      return done;
    }, onRequest);
  }

  /** Conversations that are not Chat's, with what was said in each. */
  async conversations() {
    const [service] = await this.client.chat.v2.services.list();
    const { conversations } = this.client.conversations.v1.services(service?.sid ?? "");
    const found = [];
    for (const one of await conversations.list()) {
      const attributes = JSON.parse(one.attributes) as Record<string, unknown>;
      if ("proxySession" in attributes) continue;
      const messages = await conversations(one.sid).messages.list();
      const participants = await conversations(one.sid).participants.list();
      found.push({
        sid: one.sid,
        state: one.state,
        said: messages.map(({ author, body }) => `${author}: ${body}`),
        messages,
        participants,
      });
    }
    return found;
  }

  /** What left for a customer's phone. */
  async sentTo(customer = ann): Promise<readonly string[]> {
    const sent = await this.client.messages.list({ to: customer });
    return sent.map(({ body }) => body);
  }

  async tasks() {
    return (await this.workspace()).tasks.list();
  }
}

/** What a reconciliation found, in SIDs. */
export const summary = ({ counts, lost, doubled, unknown, unfinished, again, refused }: Reconciliation) => ({
  counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  lost: lost.map(({ sid }) => sid),
  doubled: doubled.map(({ texts }) => texts.map(({ sid }) => sid)),
  unknown: unknown.map(({ text }) => text.sid),
  unfinished: unfinished.length,
  again: again.length,
  refused: refused.length,
});

export const clean = {
  lost: [],
  doubled: [],
  unknown: [],
  unfinished: 0,
  again: 0,
  refused: 0,
};

import { leavePool } from "../support/leavePool.ts";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import { diagnose, type Diagnosis } from "../../flex-stack/diagnose/diagnosis.ts";
import { health, type Health } from "../../flex-stack/diagnose/health/health.ts";
import { findPlace } from "../../flex-stack/whereabouts/place.ts";
import { Reads } from "../../flex-stack/diagnose/reads/reads.ts";
import { Repair } from "../../flex-stack/diagnose/repair.ts";
import { readSubject, type SubjectOptions } from "../../cli/diagnose/read-subject.ts";
import type { FlexUi, FlexUiOptions, Reservation } from "../../flex-stack/simulate/flex-ui.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { readDeployment } from "../../flex-stack/state/deployment.ts";
import { openAccount } from "../../flex-stack/diagnose/open-account.ts";
import type { TwilioAccount } from "../../flex-stack/account/account.ts";
import { provisionedOf, type Provisioned } from "../../flex-stack/whereabouts/provisioned.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { Centre, withoutWorkers } from "../journey/centre.ts";
import { createConformance } from "../conformance/validator.ts";
import { useStack } from "../stack/project.ts";
import { localTwilio } from "../support/localTwilio.ts";

export const number = "+14155550142";
export const customer = "+14155550170";

/** A copy of a centre that was provisioned once, for one way to break it. */
export class BrokenCentre extends Centre {
  readonly emulator: Emulator;
  /** Whom customers write to. */
  readonly number: string;
  /** Who writes. */
  customer = customer;
  readonly sids: Readonly<Record<"chat" | "proxy" | "flow" | "workspace" | "number", string>>;
  readonly #resources: readonly Provisioned[];
  /** Lets seconds pass without waiting for webhooks under way. */
  readonly skip: (seconds: number) => void;

  constructor(
    emulator: Emulator,
    resources: readonly Provisioned[],
    skip: (seconds: number) => void,
    numberKey = "main",
  ) {
    super(localTwilio(emulator), emulator);
    this.skip = skip;
    this.emulator = emulator;
    this.#resources = resources;
    const sid = (type: string) => resources.find((one) => one.type === type)?.sid ?? "";
    const own = resources.find(
      ({ name, type }) => type.endsWith(":IncomingPhoneNumber") && name.includes(numberKey),
    );
    this.number = String(own?.inputs["phoneNumber"] ?? number);
    this.sids = {
      chat: sid("twilio:chat:Service"),
      proxy: sid("twilio:proxy:Service"),
      flow: sid("twilio:studio:Flow"),
      workspace: sid("twilio:taskrouter:Workspace"),
      number: own?.sid ?? "",
    };
  }

  get chat() {
    return this.client.chat.v2.services(this.sids.chat);
  }

  get proxy() {
    return this.client.proxy.v1.services(this.sids.proxy);
  }

  get router() {
    return this.client.taskrouter.v1.workspaces(this.sids.workspace);
  }

  get flow() {
    return this.client.studio.v2.flows(this.sids.flow);
  }

  get ownNumber() {
    return this.client.incomingPhoneNumbers(this.sids.number);
  }

  async flexFlow() {
    const flows = await this.client.flexApi.v1.flexFlow.list();
    const found = flows.find(({ contactIdentity }) => contactIdentity === this.number);
    return this.client.flexApi.v1.flexFlow(found?.sid ?? "");
  }

  /** A customer writes. @returns the SID of the message */
  writes(body: string): Promise<string> {
    return this.text(this.customer, this.number, body);
  }

  /** The customer writes and says what it is about: the task is offered. @returns the SID of the last message */
  async asks(about = "Invoice"): Promise<string> {
    await this.writes("Hello");
    return this.writes(about);
  }

  /** Accepts what is offered to an agent. */
  async accepts(
    name = "alice",
    options: FlexUiOptions = {},
  ): Promise<{ agent: FlexUi; reservation: Reservation }> {
    const agent = await this.flex(name, options);
    const [reservation] = await agent.reservations("pending");
    if (reservation === undefined) throw new Error(`Nothing is offered to ${name}`);
    await agent.accept(reservation);
    return { agent, reservation };
  }

  /** The customer asks and an agent accepts. */
  async talks(options: FlexUiOptions = {}) {
    const message = await this.asks();
    const { agent, reservation } = await this.accepts("alice", options);
    const channelSid = (await agent.channelOf(reservation.taskSid)) ?? "";
    const [session] = (await this.proxy.sessions.list()).filter(
      ({ uniqueName }) => uniqueName === channelSid,
    );
    return { message, agent, reservation, channelSid, sessionSid: session?.sid ?? "" };
  }

  /**
   * Takes the number out of Flex's hands, and lets a customer write whose conversation a handler of the account's own
   * opens. @returns the SID of the chat channel
   */
  async opensOwn(): Promise<string> {
    await (await this.flexFlow()).remove();
    await leavePool(this.proxy, this.sids.number);
    await this.ownNumber.update({ smsUrl: "http://127.0.0.1:1/sms" });
    await this.writes("Hello");
    const { sid } = await this.chat.channels.create({ friendlyName: "Own", type: "private" });
    await this.channel(sid).members.create({ identity: customer });
    await this.channel(sid).messages.create({ from: customer, body: "Hello" });
    return sid;
  }

  channel(sid: string) {
    return this.chat.channels(sid);
  }

  /** Changes attributes of a chat channel; undefined takes one away. */
  async setAttributes(channelSid: string, changes: Record<string, unknown>): Promise<void> {
    const { attributes } = await this.channel(channelSid).fetch();
    const changed = { ...(JSON.parse(attributes) as object), ...changes };
    await this.channel(channelSid).update({ attributes: JSON.stringify(changed) });
  }

  /** Changes the Studio flow and publishes it. */
  async changeFlow(change: (states: FlowState[]) => FlowState[]): Promise<void> {
    const { definition } = await this.flow.fetch();
    const given = definition as { states: FlowState[] };
    await this.flow.update({
      status: "published",
      definition: { ...given, states: change(given.states) },
    });
  }

  /** Puts a state before the rest of the flow, which only its success leads to. */
  insertFirst(
    state: Omit<FlowState, "transitions">,
    success: string,
    started = "incomingMessage",
  ): Promise<void> {
    return this.changeFlow((states) => {
      const [trigger, ...rest] = states;
      if (trigger === undefined) throw new Error("The flow has no trigger");
      const first = trigger.transitions.find(({ event }) => event === started);
      const next = first?.next;
      const transitions = [
        { event: success, ...(next !== undefined && { next }) },
        { event: failureOf[success] ?? "" },
      ];
      const led = trigger.transitions.map((one) => (one === first ? { ...one, next: state.name } : one));
      return [{ ...trigger, transitions: led }, { ...state, transitions }, ...rest];
    });
  }

  async fault(description: object): Promise<void> {
    await this.http.send({ method: "POST", url: "/_emulator/faults", json: description });
  }

  /** A run of the CLI on the stack, at this copy. */
  #run(): StackRun {
    const { url, accountSid, authToken } = this.emulator;
    const config = { "twilio:endpoint": url, "twilio:accountSid": accountSid, "twilio:authToken": authToken };
    const settings = { project: { name: "flex-messaging", runtime: "nodejs" }, stack: { config } };
    const session = { name: "dev", settings };
    const clock = () => this.http.send<{ now: string }>({ method: "GET", url: "/_emulator/clock" });
    const twilio = { clockOffset: async () => Date.parse((await clock()).now) - Date.now() };
    return { session, twilio, signal: new AbortController().signal } as unknown as StackRun;
  }

  account<T>(body: (account: TwilioAccount) => Promise<T>): Promise<T> {
    return openAccount(this.#run(), body);
  }

  /** Diagnoses as the command does; a text is a message's SID. */
  diagnose(subject: string | SubjectOptions, options: { showContent?: boolean } = {}): Promise<Diagnosis> {
    const end = readSubject(typeof subject === "string" ? { message: subject } : subject);
    return this.account(async (account) =>
      diagnose(end, account, await findPlace(account, this.#resources), this.#repair(), options),
    );
  }

  #repair(): Repair {
    return new Repair("dev", this.#resources);
  }

  health(options: { showContent?: boolean } = {}): Promise<Health> {
    return this.account(async (account) =>
      health(account, await findPlace(account, this.#resources), this.#repair(), options),
    );
  }

  /** Looks at the account as commands do that tell of its numbers. */
  look<T>(body: (given: { account: TwilioAccount; reads: Reads }) => Promise<T>): Promise<T> {
    return this.account(async (account) =>
      body({ account, reads: new Reads(account, await findPlace(account, this.#resources)) }),
    );
  }

  /** The same account, at another number of the stack. */
  at(numberKey: string): BrokenCentre {
    return new BrokenCentre(this.emulator, this.#resources, this.skip, numberKey);
  }

  /** The same account, as seen by a stack that has something else of it. */
  seenWith(known: (resources: readonly Provisioned[]) => readonly Provisioned[]): BrokenCentre {
    return new BrokenCentre(this.emulator, known(this.#resources), this.skip);
  }
}

export interface FlowState {
  readonly name: string;
  readonly type: string;
  readonly transitions: readonly { readonly event: string; readonly next?: string }[];
  readonly properties: Readonly<Record<string, unknown>>;
}

const failureOf: Readonly<Record<string, string>> = { success: "failed", sent: "failed" };

/** Copies of a centre that was provisioned once. */
export interface Centres {
  /** A copy as it was provisioned. Closed after the test. */
  open(options?: EmulatorOptions): Promise<BrokenCentre>;
  /** What `pulumi stack export` says of it. */
  exported(): string;
}

/** The dev stack with the agents alice (billing) and bob (sales), provisioned once; a copy of it for each use. */
export function useCentres(): Centres {
  const folder = mkdtempSync(join(tmpdir(), "centres-"));
  const original = join(folder, "original.db");
  const stack = useStack(".", { file: original });
  const conformance = createConformance();
  const opened: BrokenCentre[] = [];
  const errors: unknown[] = [];
  let exported = "";
  let resources: readonly Provisioned[] = [];
  let count = 0;

  beforeAll(async () => {
    await stack.configure((config) => {
      withoutWorkers(config);
      // Nobody is hired for partners: what matches no filter of theirs is to come to somebody.
      const { workflows } = config["flex-messaging:routing"] as {
        workflows: Record<string, { defaultQueue: string }>;
      };
      workflows["partners"]!.defaultQueue = "overflow";
    });
    await stack.up();
    const centre = new Centre(stack.client, stack.emulator);
    await centre.dismissAll();
    await centre.hire("alice", { routing: { skills: ["billing"] }, level: 2 });
    await centre.hire("bob", { routing: { skills: ["sales"] }, level: 2 });
    exported = (await stack.pulumi("stack", "export", "--stack", "dev")).stdout;
    const deployed = readDeployment(exported);
    resources = provisionedOf(deployed);
  });
  afterEach(async () => {
    for (const centre of opened.splice(0)) await centre.emulator.close();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    conformance.assertConforms();
    // Errors of the local Twilio's own.
    expect(errors).toEqual([]);
  });

  return {
    exported: () => exported,
    async open(options = {}) {
      const file = join(folder, `copy-${++count}.db`);
      // Nothing writes to the original any more: with its journal it is whole.
      for (const suffix of ["", "-wal"])
        if (existsSync(original + suffix)) copyFileSync(original + suffix, file + suffix);
      let ahead = 0;
      const clock = () => Date.now() + ahead;
      const { onExchange } = conformance;
      const onError = (error: unknown) => void errors.push(error);
      const emulator = await startEmulator({ file, port: 0, clock, onExchange, onError, ...options });
      const centre = new BrokenCentre(emulator, resources, (seconds) => void (ahead += seconds * 1000));
      opened.push(centre);
      return centre;
    },
  };
}

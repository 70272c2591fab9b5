import { check } from "../engine/check.ts";
import { Claims } from "../engine/claims.ts";
import { checkLookup } from "../engine/checkLookup.ts";
import { Collections } from "../engine/collections.ts";
import { create } from "../engine/create.ts";
import type { Created } from "../engine/create.ts";
import type { Failure, ResourceDefinition } from "../engine/definition.ts";
import { difference } from "../engine/diff.ts";
import type { Difference } from "../engine/diff.ts";
import { UserError } from "../engine/errors.ts";
import { formatId, kind, parseId } from "../engine/id.ts";
import { noteImport } from "../engine/inherit.ts";
import { Journal } from "../engine/journal.ts";
import { lookup } from "../engine/lookup.ts";
import { previewCreate, previewUpdate } from "../engine/preview.ts";
import { read } from "../engine/read.ts";
import { remove } from "../engine/remove.ts";
import { lookupToken, packageSchema } from "../engine/schema.ts";
import { noRecords } from "../engine/records.ts";
import type { Records, RecordsPlace } from "../engine/records.ts";
import type { Session } from "../engine/session.ts";
import type { Severity } from "../engine/severity.ts";
import { isAdopted } from "../engine/state.ts";
import { requireThere } from "../engine/requireThere.ts";
import { SharedSettings } from "../engine/shared.ts";
import { inOwnNames, leftBehind, Twins } from "../engine/twins.ts";
import { update } from "../engine/update.ts";
import { nameOf, stackOf } from "../engine/urn.ts";
import { validate } from "../engine/validate.ts";
import { isKnown } from "../engine/value.ts";
import type { Properties } from "../engine/value.ts";
import { version } from "../version.ts";
import { Account } from "./account.ts";
import { readConfiguration } from "./configuration.ts";
import type { ConfigurationFailure } from "./configuration.ts";
import { acceptAny, acceptVariable, refuseElsewhere, refuseOtherAccount } from "./elsewhere.ts";
import { shortIdentity } from "./localTwilio.ts";
import { PinnedAccount, pinnedIn } from "./pinnedAccount.ts";
import { compareWhereabouts, localTwilioInput, whereaboutsOf } from "./whereabouts.ts";

/** Tells the user something, about one resource where a URN is given. */
export type Log = (severity: Severity, message: string, urn?: string) => void;

export interface ProviderOptions {
  definitions: readonly ResourceDefinition[];
  log: Log;
  env: { readonly [name: string]: string | undefined };
  /** Finds out what stacks record. @default only what a run sees is known */
  records?: (place: RecordsPlace) => Records;
  /** The text of a stack's own file, where there is one. @default it is not looked at */
  stackFile?: (stack: string) => string | undefined;
  /** The journal that a run of a stack left which was cut short, where there is one. @default it is not looked for */
  leftJournal?: (project: string, stack: string) => string | undefined;
}

/** Which resource a request is about. */
export interface Subject {
  urn: string;
  /** `twilio:taskrouter:TaskQueue` */
  type: string;
}

/** What came of a check of the provider's configuration. */
export interface CheckedConfiguration {
  /** Inputs for the state beside those that were given: where the configuration leads. */
  known: Properties;
  failures: ConfigurationFailure[];
}

/** Recorded of a resource. */
export interface Recorded {
  id: string;
  state: Properties;
  inputs: Properties;
}

/** The provider, free of how Pulumi calls it. */
export class TwilioProvider {
  readonly #options: ProviderOptions;
  readonly #definitions: Map<string, ResourceDefinition>;
  readonly #lookups: Map<string, ResourceDefinition>;
  readonly #cancellation = new AbortController();
  readonly #claims = new Claims();
  readonly #twins = new Twins();
  readonly #collections = new Collections();
  /** URNs of the program's resources, as far as it got. */
  readonly #declared = new Set<string>();
  readonly #shared = new SharedSettings();
  /** Undefined until it was looked for, null where there is none. */
  #journal: Journal | null | undefined;
  #account: Account | undefined;
  #records: Records | undefined;
  /** The state does not prove that what it records is in this account: each resource has to be found there. */
  #unproven = false;
  #missing = false;
  /** Pulumi told the configuration: a program runs. */
  #checked = false;
  #pinned: PinnedAccount | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
    const journal = options.env["TWILIO_JOURNAL"];
    if (journal) this.#journal = new Journal(journal);
    this.#definitions = new Map(options.definitions.map((one) => [one.token, one]));
    this.#lookups = new Map(options.definitions.map((one) => [lookupToken(one), one]));
  }

  schema(): string {
    return JSON.stringify(packageSchema(this.#options.definitions, version));
  }

  /**
   * What is wrong with the provider's configuration, credentials included where all of it is known.
   *
   * @param recorded Inputs of the last update; empty at the first
   * @param urn Of the provider
   */
  async checkConfig(values: Properties, recorded: Properties, urn: string): Promise<CheckedConfiguration> {
    this.#checked = true;
    const { configuration, failures } = readConfiguration(values, this.#options.env);
    if (configuration === undefined) return { known: {}, failures };
    const { accountSid, region } = configuration;
    this.configure(values, urn);
    const account = this.#account!;
    const before = whereaboutsOf(recorded);
    // Another account is told of as that, see diffConfig, whichever local Twilio it is in.
    if (before.accountSid === accountSid) this.#expect(recorded, urn);
    // The state names the account and its region also where the environment did: see diffConfig.
    const known = { accountSid, ...(region !== undefined && { region }) };
    try {
      await account.clients();
    } catch (error) {
      return { known, failures: [{ property: "", reason: (error as Error).message }] };
    }
    const { localTwilio } = account;
    if (this.#options.env[acceptVariable] === acceptAny) this.#tellOther(before.localTwilio, account);
    const found = { ...known, ...(localTwilio !== undefined && { [localTwilioInput]: localTwilio }) };
    this.#unproven =
      before.accountSid !== undefined &&
      compareWhereabouts(before, whereaboutsOf({ ...values, ...found })).kind !== "same";
    return { known: found, failures };
  }

  /** Refuses a configuration that leads elsewhere than the recorded one did. */
  diffConfig(recorded: Properties, configured: Properties, urn: string): void {
    refuseElsewhere(recorded, configured, this.#options.env[acceptVariable], stackOf(urn)?.stack);
  }

  /** Takes a configuration into use; one that is not known in full leaves previews without an account. */
  configure(values: Properties, urn: string): void {
    const { configuration, failures } = readConfiguration(values, this.#options.env);
    if (failures.length > 0) {
      const list = failures.map(({ property, reason }) => `twilio:${property} ${reason}`);
      throw new UserError(`the configuration of the provider is not valid:\n${list.join("\n")}`);
    }
    if (configuration === undefined) return;
    if (JSON.stringify(configuration) !== JSON.stringify(this.#account?.configuration)) {
      this.#collections.forget();
      this.#account = new Account(configuration, this.#cancellation.signal, (line) =>
        this.#options.log("debug", line),
      );
    }
    this.#account!.ownName = isOwn(urn) ? nameOf(urn) : undefined;
    this.#expect(values, urn);
    this.#comparePinned(configuration.accountSid, urn);
  }

  #tellOther(recorded: string | undefined, { localTwilio, endpoint }: Account): void {
    if (recorded === undefined || localTwilio === undefined || recorded === localTwilio) return;
    this.#options.log(
      "warning",
      `what the stack records was made in another local Twilio (${shortIdentity(recorded)}): it is compared with the one at ` +
        `${endpoint} (${shortIdentity(localTwilio)})`,
    );
  }

  #comparePinned(recorded: string, urn: string): void {
    const stack = stackOf(urn)?.stack;
    if (this.#checked || stack === undefined || isOwn(urn)) return;
    const pinned = pinnedIn(this.#options.stackFile?.(stack) ?? "");
    if (pinned === undefined || pinned === recorded) return;
    this.#pinned = new PinnedAccount(recorded, pinned, stack);
    this.#options.log("warning", this.#pinned.warning);
  }

  #expect(inputs: Properties, urn: string): void {
    const { localTwilio: identity } = whereaboutsOf(inputs);
    if (this.#account === undefined || identity === undefined) return;
    this.#account.expected = {
      identity,
      accepted: this.#options.env[acceptVariable],
      stack: stackOf(urn)?.stack,
    };
  }

  /** The secrets of the configuration: they must not show in messages. */
  get credentials(): string[] {
    return this.#account === undefined ? [] : [this.#account.configuration.password];
  }

  async check(subject: Subject, oldInputs: Properties, inputs: Properties): Promise<readonly Failure[]> {
    const definition = this.#definition(subject.type);
    this.#declared.add(subject.urn);
    const failures = check(definition, inputs);
    if (failures.length === 0) {
      const other = this.#definitions.get(definition.twin?.token ?? "");
      failures.push(...this.#twins.check(definition, other, subject.urn, inputs));
      const declared = { definition, urn: subject.urn, inputs };
      this.#shared.note(declared);
      failures.push(
        ...this.#shared.check(declared, (token, id) => this.#claims.nowOf(this.#definition(token), id)),
      );
    }
    if (failures.length > 0 || this.#account === undefined) return failures;
    return validate(definition, oldInputs, inputs, () => this.#session(subject));
  }

  async diff(
    subject: Subject,
    recorded: Recorded,
    inputs: Properties,
    ignored: readonly string[],
  ): Promise<Difference> {
    const definition = this.#definition(subject.type);
    const old = inOwnNames(definition, recorded);
    this.#refuseOtherAccount(old.state);
    this.#journalOf(subject)?.recorded(subject.urn, old.id);
    const [twice] = this.#shared.checkOwner(subject.urn, old.id);
    if (twice !== undefined) throw new UserError(`${twice.path.join(".")} ${twice.reason}`);
    if (this.#unproven) await this.#requireThere(subject, definition, old);
    // A refresh also asks about what the program may no longer have.
    const imported = this.#declared.has(subject.urn) && this.#claims.hold(definition, old.id, subject.urn);
    if (imported) await noteImport(await this.#session(subject), definition, old.id);
    this.#sayLeftBehind(subject, definition, old.inputs);
    const found = difference(definition, { state: old.state, oldInputs: old.inputs, inputs }, ignored);
    if (found.replaces.length > 0 && !isAdopted(old.state)) this.#claims.replace(definition, old.id);
    return found;
  }

  /** A stack that goes over to the other API of one store can't take back what only the first one can set. */
  #sayLeftBehind(subject: Subject, definition: ResourceDefinition, oldInputs: Properties): void {
    const settings = leftBehind(definition, oldInputs);
    if (settings.length === 0) return;
    this.#options.log(
      "warning",
      `${settings.join(", ")} of ${definition.twin!.token} ${settings.length === 1 ? "stays" : "stay"} as set, since ` +
        `${definition.token} can't set ${settings.length === 1 ? "it" : "them"}. To take back what the stack set, go back, ` +
        "remove them there with an update of its own, and then change over",
      subject.urn,
    );
  }

  /** @param secretInputs Inputs that hold secrets. */
  async create(
    subject: Subject,
    inputs: Properties,
    preview: boolean,
    secretInputs: readonly string[] = [],
  ): Promise<Created> {
    const definition = this.#definition(subject.type);
    const request = { inputs, what: label(subject) };
    if (!preview) {
      const session = { ...(await this.#session(subject)), secretInputs };
      return this.#writing(() => create(session, definition, request));
    }
    // Nothing has to be asked of Twilio unless something is there that this goes on with.
    const journal = this.#journalOf(subject);
    const asks =
      inputs["adopt"] === true ||
      definition.life === "given" ||
      journal?.lostSince !== undefined ||
      journal?.begun(subject.urn)?.create !== undefined;
    const session = asks && this.#account ? await this.#reading(subject) : undefined;
    return previewCreate(session, definition, request);
  }

  async update(
    subject: Subject,
    recorded: Recorded,
    inputs: Properties,
    preview: boolean,
  ): Promise<Properties> {
    const definition = this.#definition(subject.type);
    const old = inOwnNames(definition, recorded);
    this.#refuseOtherAccount(old.state);
    this.#pinned?.refuse();
    if (preview) return previewUpdate(definition, { state: old.state, oldInputs: old.inputs, inputs });
    const session = await this.#session(subject);
    const location = parseId(definition, old.id, session.accountSid);
    const { state, inputs: oldInputs } = old;
    const request = { location, state, oldInputs, inputs, what: label(subject, old.id) };
    return this.#writing(() => update(session, definition, request));
  }

  /** What a resource is now, with the inputs that would make it so; nothing when it is gone. */
  async read(subject: Subject, recorded: Recorded): Promise<Recorded | undefined> {
    const definition = this.#definition(subject.type);
    const old = inOwnNames(definition, recorded);
    this.#refuseOtherAccount(old.state);
    const session = await this.#reading(subject);
    const location = parseId(definition, old.id, session.accountSid);
    const { state, inputs } = old;
    const found = await read(session, definition, { location, state, inputs, what: label(subject, old.id) });
    return found && { id: formatId(definition, location, session.accountSid), ...found };
  }

  async delete(subject: Subject, old: Recorded): Promise<void> {
    const definition = this.#definition(subject.type);
    this.#pinned?.refuse();
    this.#refuseOtherAccount(old.state);
    const session = await this.#session(subject);
    const location = parseId(definition, old.id, session.accountSid);
    const { state, inputs } = old;
    const request = { location, state, inputs, what: label(subject, old.id) };
    await this.#writing(() => remove(session, definition, request));
  }

  /** Carries out a look-up function. */
  async invoke(token: string, args: Properties, preview = false): Promise<Properties | Failure[]> {
    const definition = this.#lookups.get(token);
    if (definition === undefined) throw new UserError(`the provider has no function ${token}`);
    const failures = checkLookup(definition, args);
    if (failures.length > 0) return failures;
    if (!isKnown(args)) return {};
    const subject = { urn: "", type: definition.token };
    return lookup(await (preview ? this.#reading(subject) : this.#session(subject)), definition, args);
  }

  /** Stops waits and requests. What is on its way to being created gets a moment to finish. */
  cancel(): void {
    this.#cancellation.abort(new UserError("cancelled"));
  }

  /** Closes the connections to Twilio. */
  close(): void {
    this.#account?.transport.close();
  }

  #definition(type: string): ResourceDefinition {
    const found = this.#definitions.get(type);
    if (found === undefined) throw new UserError(`the provider has no resource ${type}`);
    return found;
  }

  /** Where nobody names one, as Pulumi alone does not, the one that a run left which did. */
  #journalOf({ urn }: Subject): Journal | undefined {
    if (this.#journal === undefined && urn !== "") {
      const [, stack = "", project = ""] = /^urn:pulumi:(.*?)::(.*?)::/.exec(urn) ?? [];
      const left = this.#options.leftJournal?.(project, stack);
      this.#journal = left === undefined ? null : new Journal(left);
    }
    return this.#journal ?? undefined;
  }

  async #session(subject: Subject): Promise<Session> {
    const account = this.#account;
    if (account === undefined) {
      throw new UserError("the provider is not configured: parts of its configuration are not known yet");
    }
    this.#cancellation.signal.throwIfAborted();
    const { configuration, transport, endpoint } = account;
    const journal = this.#journalOf(subject);
    return {
      ...(await account.clients()),
      accountSid: configuration.accountSid,
      ...(endpoint !== undefined && { endpoint }),
      serverTime: () => transport.serverTime(),
      maxRetries: configuration.maxRetries,
      pause: (attempt) => account.pause(attempt),
      log: (severity, message) => this.#options.log(severity, message, subject.urn || undefined),
      urn: subject.urn,
      claims: this.#claims,
      records: this.#recordsOf(subject.urn, account),
      destroys: this.#declared.size === 0,
      ...(journal !== undefined && { journal }),
    };
  }

  /** A session for reading alone: several reads of one collection may share an answer. */
  async #reading(subject: Subject): Promise<Session> {
    return { ...(await this.#session(subject)), collections: this.#collections };
  }

  /** No read that comes after a write, or during it, is answered by what was read before. */
  async #writing<T>(write: () => Promise<T>): Promise<T> {
    this.#collections.forget();
    try {
      return await write();
    } finally {
      this.#collections.forget();
    }
  }

  /** What this stack, which the URN names, and others of its backend record in the account. */
  #recordsOf(urn: string, { configuration, endpoint }: Account): Records {
    const stack = stackOf(urn);
    const { records } = this.#options;
    if (stack === undefined || records === undefined) return noRecords;
    this.#records ??= records({
      ...stack,
      fullName: this.#options.env["PULUMI_STACK"],
      accountSid: configuration.accountSid,
      endpoint,
      log: (severity, message) => this.#options.log(severity, message),
    });
    return this.#records;
  }

  /** The first that is missing is told of with the way out. */
  async #requireThere(subject: Subject, definition: ResourceDefinition, old: Recorded): Promise<void> {
    const session = await this.#reading(subject);
    const location = parseId(definition, old.id, session.accountSid);
    try {
      const what = label(subject, old.id);
      await requireThere(session, definition, { location, what, stack: stackOf(subject.urn)?.stack });
    } catch (error) {
      if (this.#missing)
        throw new UserError("not attempted, for the reason given for another resource", { cause: error });
      this.#missing = true;
      throw error;
    }
  }

  #refuseOtherAccount(state: Properties): void {
    const recorded = state["accountSid"];
    const configured = this.#account?.configuration.accountSid;
    if (typeof recorded === "string" && configured !== undefined) refuseOtherAccount(recorded, configured);
  }
}

/** Whether a program makes the provider of this URN. */
function isOwn(urn: string): boolean {
  return stackOf(urn) !== undefined && !/^default(_|$)/.test(nameOf(urn));
}

/** What to call a resource in messages: `the TaskQueue "billing" (WS…/WQ…)`. */
function label({ urn, type }: Subject, id?: string): string {
  return `the ${kind({ token: type } as ResourceDefinition)} "${nameOf(urn)}"${id === undefined ? "" : ` (${id})`}`;
}

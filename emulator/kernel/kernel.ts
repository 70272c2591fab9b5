import { type Authenticate, authenticateHeader } from "./authentication.ts";
import type { Clock } from "./clock.ts";
import type { Change, Context } from "./context.ts";
import { Directory, type Found, type ListedOperation } from "./directory.ts";
import { forbidden, notFound, TwilioError } from "./errors.ts";
import { emptyForm, parseForm } from "./form.ts";
import { parseJson } from "./parameter.ts";
import type { Operations, Product, Route } from "./product.ts";
import type { Reply, RequestContext } from "./request.ts";
import type { Resource } from "./resource.ts";
import { type NewSid, randomSid } from "./sid.ts";
import { isStorageFault } from "./storageFault.ts";
import type { Row } from "./row.ts";
import type { Store } from "./store.ts";
import { TransactionContext } from "./transactionContext.ts";

/** A request as it came over the wire. */
export interface Incoming {
  readonly method: string;
  readonly host: string;
  /** Path and query, still encoded. */
  readonly target: string;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
  readonly contentType: string | undefined;
  /** `X-Twilio-Webhook-Enabled`: see `Context.isAnnounced`. */
  readonly webhookEnabled?: string | undefined;
  readonly body: string;
  /** Whether the local Twilio's own page asks, so that the request log can be read without what the page looks at. */
  readonly isFromPage?: boolean;
}

/** Where a request leads. */
export interface Routed {
  readonly product: Product | undefined;
  /** Path template and operation id of Twilio's OpenAPI, where the path is one of Twilio's. */
  readonly template: string | undefined;
  readonly operation: string | undefined;
  answer(): Reply;
}

/** What sees every write, inside its transaction; products do, and so does what sends webhooks. */
export interface Observer {
  onChange?(change: Change, context: Context): void;
}

/** A transaction whose end makes more and more work is wrong; far above what any request leads to. */
const maxRounds = 10_000;

/** Answers requests: finds product and operation, checks the sender, runs the handler in a transaction. */
export class Kernel {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #directory: Directory;
  readonly #authenticate: Authenticate;
  readonly #onError: (error: unknown) => void;
  readonly #settings: Readonly<Record<string, number>>;
  readonly #resources = new Map<string, Resource<never>>();
  readonly #observers: Observer[];
  readonly #onCommit: (() => void)[] = [];
  readonly #beforeCommit = new Map<string, () => void>();
  readonly #derived = new Map<string, unknown>();
  #afterCommit: (() => void)[] = [];
  #depth = 0;

  /** @throws Error when two products or routes claim the same place */
  constructor(options: {
    store: Store;
    clock: Clock;
    products: readonly Product[];
    authenticate: Authenticate;
    /** Told of errors in work that no request waits for. */
    onError: (error: unknown) => void;
    /** What `Context.setting` gives, by name. */
    settings?: Readonly<Record<string, number>>;
    /** What Twilio has beyond the products; see `Directory`. @default nothing */
    beyond?: (host: string) => Operations | undefined;
  }) {
    const { products } = options;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#authenticate = options.authenticate;
    this.#directory = new Directory(products, options.beyond ?? (() => undefined));
    this.#onError = options.onError;
    this.#settings = options.settings ?? {};
    this.#observers = [...products];
    for (const resource of products.flatMap(({ resources }) => resources)) this.own(resource);
  }

  /** Makes work with a resource that has no address known, so that its due work is done. */
  own(resource: Resource<never>): void {
    this.#resources.set(resource.kind, resource);
  }

  /** The resources that are known, by their kinds. */
  get resources(): ReadonlyMap<string, Resource<never>> {
    return this.#resources;
  }

  /** Reads what an account has, as of now. */
  read<T>(accountSid: string, work: (context: Context) => T): T {
    return work(this.#context(accountSid, randomSid));
  }

  observe(observer: Observer): void {
    this.#observers.push(observer);
  }

  /** Has something done after every transaction. */
  onCommit(action: () => void): void {
    this.#onCommit.push(action);
  }

  /** Hosts that are answered, e.g. `taskrouter.twilio.com`. */
  get hosts(): string[] {
    return this.#directory.hosts;
  }

  /** Every documented operation of every product, and whether it is implemented. */
  operations(): ListedOperation[] {
    return this.#directory.operations();
  }

  /** Finds out where a request leads; `answer()` then gives the reply, or throws a TwilioError. */
  route(incoming: Incoming, newSid: NewSid = randomSid): Routed {
    const found = this.#directory.find(incoming);
    const { product, template, operation } = found;
    if ("error" in found) {
      const answer = (): never => {
        // Twilio looks at the credentials before it says what exists. Of products that it stands for, that is: others
        // take tokens of other kinds.
        if (product !== undefined) authenticateHeader(incoming.authorization, this.#authenticate);
        throw found.error();
      };
      return { product, template, operation, answer };
    }
    return { product, template, operation, answer: () => this.#answer(found, incoming, newSid) };
  }

  #answer(found: Found, incoming: Incoming, newSid: NewSid): Reply {
    const { product, operation, route, path } = found;
    this.catchUp();
    const principal = authenticateHeader(incoming.authorization, this.#authenticate);
    const { AccountSid: accountSid = principal.accountSid, ...parameters } = found.parameters();
    if (!principal.mayUse(accountSid)) throw notFound(path);
    const request = {
      product,
      origin: `https://${product.host}.twilio.com`,
      method: incoming.method,
      path,
      parameters,
      query: parseForm(found.query),
      ...readBody(incoming, route),
      ifMatch: incoming.ifMatch,
      person: principal.person,
    };
    const isAnnounced = principal.person !== undefined || incoming.webhookEnabled === "true";
    const handle = (given: Context): Reply => {
      const context = isAnnounced ? given : given.quiet();
      if (principal.person !== undefined) {
        if (product.authorize === undefined) throw forbidden();
        product.authorize({ ...request, context, operation });
      }
      return route.handle({ ...request, context });
    };
    if (incoming.method === "GET") return handle(this.#context(accountSid, newSid));
    return this.transaction(accountSid, handle, newSid);
  }

  /** Runs work on an account's resources so that all of it happens or nothing; nested calls join the outer one. */
  transaction<T>(
    accountSid: string,
    work: (context: Context) => T,
    newSid: NewSid = randomSid,
    now = this.#clock.now(),
  ): T {
    this.#depth++;
    let result: T;
    try {
      result = this.#store.transaction(() => {
        const value = work(this.#context(accountSid, newSid, now));
        if (this.#depth === 1) this.#finish();
        return value;
      });
    } catch (error) {
      if (this.#depth === 1) {
        this.#beforeCommit.clear();
        this.#derived.clear();
        this.#afterCommit = [];
      }
      throw error;
    } finally {
      this.#depth--;
    }
    if (this.#depth === 0) {
      const actions = this.#afterCommit;
      this.#afterCommit = [];
      for (const action of actions) action();
      for (const action of this.#onCommit) action();
    }
    return result;
  }

  /** The time that resources see, in milliseconds since 1970. */
  get now(): number {
    return this.#clock.now();
  }

  /** When something is next to be done, in milliseconds since 1970. */
  get nextDue(): number | undefined {
    return this.#store.nextDue()?.at;
  }

  /**
   * Does what is due by now, in order of due time, each in its own transaction and as of its own time. Requests call it
   * first: what they see and write comes after all that was due before them.
   *
   * @returns why that could not be done where the database can't be used: it stays due, and requests that only read go on
   */
  catchUp(): Error | undefined {
    if (this.#depth > 0) return undefined;
    try {
      this.#doDue();
      return undefined;
    } catch (error) {
      if (!isStorageFault(error)) throw error;
      this.#onError(error);
      return error as Error;
    }
  }

  #doDue(): void {
    const now = this.#clock.now();
    for (let due = this.#store.nextDue(); due !== undefined && due.at <= now; due = this.#store.nextDue()) {
      try {
        this.#runDue(due);
      } catch (error) {
        if (isStorageFault(error)) throw error;
        // Left in its place it would be tried again and again, and hold up all others.
        this.#store.setDue(due.row.seq, undefined);
        this.#onError(error);
      }
    }
  }

  #runDue({ at, row }: { at: number; row: Row }): void {
    const resource = this.#resources.get(row.kind);
    if (resource === undefined) throw new Error(`Nothing is known to be due with a ${row.kind}`);
    const work = (context: Context): void => {
      const document = context.of(resource).get(row.sid);
      if (document !== undefined) resource.onDue(document, context);
    };
    this.transaction(row.account_sid, work, randomSid, at);
    const next = this.#store.nextDue();
    if (next?.row.seq === row.seq && next.at <= at) {
      throw new Error(`${row.kind} ${row.sid} was due, and is still after it was seen to`);
    }
  }

  /** Does what the transaction's writes asked for with `beforeCommit`, until nothing is asked for. */
  #finish(): void {
    for (let round = 0; ; round++) {
      const [next] = this.#beforeCommit;
      if (next === undefined) return;
      if (round > maxRounds) throw new Error(`A transaction does not come to an end: ${next[0]}`);
      this.#beforeCommit.delete(next[0]);
      next[1]();
    }
  }

  #context(accountSid: string, newSid: NewSid, now = this.#clock.now()): Context {
    return new TransactionContext({
      accountSid,
      now,
      newSid,
      resources: this.#resources,
      store: this.#store,
      onChange: (change, context) => {
        for (const observer of this.#observers) observer.onChange?.(change, context);
      },
      transaction: {
        beforeCommit: (name, work) => {
          // A map keeps the place of a name that it has: what is asked for again comes last.
          this.#beforeCommit.delete(name);
          this.#beforeCommit.set(name, work);
        },
        afterCommit: (action) => this.#afterCommit.push(action),
        setting: (name) => this.#settings[name],
        derived: this.#derived,
      },
    });
  }
}

function readBody(
  { method, contentType, body }: Incoming,
  route: Route,
): Pick<RequestContext, "form" | "json"> {
  if (method !== "POST" || body === "") return { form: emptyForm, json: undefined };
  const type = (contentType ?? "application/x-www-form-urlencoded").split(";")[0]?.trim().toLowerCase() ?? "";
  if (route.body === "json" || (route.body === "either" && type === "application/json")) {
    if (type !== "application/json") throw unsupportedType(type, "application/json");
    return { form: emptyForm, json: parseJson(body, "The body") };
  }
  if (type !== "application/x-www-form-urlencoded")
    throw unsupportedType(type, "application/x-www-form-urlencoded");
  return { form: parseForm(body), json: undefined };
}

function unsupportedType(given: string, wanted: string): TwilioError {
  return new TwilioError(
    415,
    20415,
    `Unsupported content type ${JSON.stringify(given.slice(0, 64))}; send ${wanted}`,
  );
}

import { Collection } from "./collection.ts";
import type { Form } from "./form.ts";
import type { Product } from "./product.ts";
import type { Document, Resource } from "./resource.ts";
import type { NewSid } from "./sid.ts";
import type { Store } from "./store.ts";

/** A write that happened, as products' `onChange` sees it. */
export type Change<F extends object = object> =
  | { readonly action: "create"; readonly resource: Resource<F>; readonly after: Document<F> }
  | {
      readonly action: "update";
      readonly resource: Resource<F>;
      readonly before: Document<F>;
      readonly after: Document<F>;
    }
  | { readonly action: "delete"; readonly resource: Resource<F>; readonly before: Document<F> };

/** What a context asks of the kernel. */
export interface TransactionHooks {
  beforeCommit(name: string, work: () => void): void;
  afterCommit(action: () => void): void;
  setting(name: string): number | undefined;
  readonly derived: Map<string, unknown>;
}

/** What code of a product works with during one request: an account, a moment, the resources, what follows a commit. */
export class Context {
  readonly accountSid: string;
  /** The moment of the request, in milliseconds since 1970; the same for everything it writes. */
  readonly now: number;
  readonly newSid: NewSid;
  /**
   * Whether webhooks are told of what is written. What Twilio does by itself is, and what people do; what programs do
   * with the REST API only when they ask for it, by `X-Twilio-Webhook-Enabled: true`.
   */
  readonly isAnnounced: boolean;
  readonly #store: Store;
  readonly #onChange: (change: Change, context: Context) => void;
  readonly #transaction: TransactionHooks;

  constructor(options: {
    accountSid: string;
    now: number;
    newSid: NewSid;
    isAnnounced?: boolean;
    store: Store;
    onChange: (change: Change, context: Context) => void;
    transaction: TransactionHooks;
  }) {
    this.accountSid = options.accountSid;
    this.now = options.now;
    this.newSid = options.newSid;
    this.isAnnounced = options.isAnnounced ?? true;
    this.#store = options.store;
    this.#onChange = options.onChange;
    this.#transaction = options.transaction;
  }

  /** The account's resources of one kind. */
  of<F extends object>(resource: Resource<F>): Collection<F> {
    return new Collection(resource, this, this.#store);
  }

  /** Tells the products of a write, inside its transaction; `Collection` calls this. */
  changed<F extends object>(change: Change<F>): void {
    this.#onChange(change as unknown as Change, this);
  }

  /**
   * Has something done at the end of the transaction, still inside it: what follows from all its writes together. Work
   * of a name is done once; when its own writes ask for it again, once more.
   */
  beforeCommit(name: string, work: (context: Context) => void): void {
    this.#transaction.beforeCommit(`${this.accountSid} ${name}`, () => work(this));
  }

  /** Has something done once the writes are durable, e.g. a webhook sent; not at all when they are undone. */
  afterCommit(action: () => void): void {
    this.#transaction.afterCommit(action);
  }

  /**
   * What code derives from stored resources and keeps between transactions, by a name of its own. Whoever keeps
   * something changes or drops it with the resources (`onChange`); all of it goes when a transaction is undone.
   */
  get derived(): Map<string, unknown> {
    return this.#transaction.derived;
  }

  /** A setting that the local Twilio was started with. */
  setting(name: string, usual: number): number {
    return this.#transaction.setting(name) ?? usual;
  }

  /** The same request seen from another account. */
  inAccount(accountSid: string): Context {
    return accountSid === this.accountSid ? this : this.#with({ accountSid });
  }

  /** The same request, for writes that follow from it and that nobody asked for: webhooks are told of those. */
  announced(): Context {
    return this.isAnnounced ? this : this.#with({ isAnnounced: true });
  }

  /** The same request, for writes that webhooks are not told of. */
  quiet(): Context {
    return this.isAnnounced ? this.#with({ isAnnounced: false }) : this;
  }

  #with(changes: { accountSid?: string; isAnnounced?: boolean }): Context {
    return new Context({
      accountSid: this.accountSid,
      now: this.now,
      newSid: this.newSid,
      isAnnounced: this.isAnnounced,
      store: this.#store,
      onChange: this.#onChange,
      transaction: this.#transaction,
      ...changes,
    });
  }
}

/** Somebody whom an access token speaks for. */
export interface Person {
  readonly identity: string;
  /** The chat service that the token is for. */
  readonly chatServiceSid: string | undefined;
}

/** A request that was routed and authenticated. */
export interface RequestContext {
  readonly context: Context;
  readonly product: Product;
  /** `https://taskrouter.twilio.com`, whatever host was called: SDKs follow these addresses as they are. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** The path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Form;
  /** The form of the body; empty when there is none. */
  readonly form: Form;
  /** The JSON body of a route that takes one. */
  readonly json: unknown;
  readonly ifMatch: string | undefined;
  /** Who acts, when it is a person with an access token and not the account. */
  readonly person: Person | undefined;
}

/** An answer; `body` becomes JSON, undefined is an empty body. */
export interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a request, inside a transaction when the method may write. */
export type Handler = (request: RequestContext) => Reply;

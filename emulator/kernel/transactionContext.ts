import { StoredCollection } from "./collection.ts";
import type { Change, Collection, Context } from "./context.ts";
import type { Kind } from "./document.ts";
import type { Resource } from "./resource.ts";
import type { NewSid } from "./sid.ts";
import type { Store } from "./store.ts";

/** What a context asks of the kernel. */
export interface TransactionHooks {
  beforeCommit(name: string, work: () => void): void;
  afterCommit(action: () => void): void;
  setting(name: string): number | undefined;
  readonly derived: Map<string, unknown>;
}

/** The context of a request or of other work in a transaction. */
export class TransactionContext implements Context {
  readonly accountSid: string;
  readonly now: number;
  readonly newSid: NewSid;
  readonly isAnnounced: boolean;
  readonly #resources: ReadonlyMap<string, Resource<never>>;
  readonly #store: Store;
  readonly #onChange: (change: Change, context: Context) => void;
  readonly #transaction: TransactionHooks;

  constructor(options: {
    accountSid: string;
    now: number;
    newSid: NewSid;
    isAnnounced?: boolean;
    /** By their kinds. */
    resources: ReadonlyMap<string, Resource<never>>;
    store: Store;
    onChange: (change: Change, context: Context) => void;
    transaction: TransactionHooks;
  }) {
    this.accountSid = options.accountSid;
    this.now = options.now;
    this.newSid = options.newSid;
    this.isAnnounced = options.isAnnounced ?? true;
    this.#resources = options.resources;
    this.#store = options.store;
    this.#onChange = options.onChange;
    this.#transaction = options.transaction;
  }

  of<F extends object>({ kind }: Kind<F>): Collection<F> {
    const resource = this.#resources.get(kind) as Resource<F> | undefined;
    if (resource === undefined) throw new Error(`No product has resources of kind ${kind}`);
    return new StoredCollection(resource, this, this.#store, this.#changed);
  }

  /** Tells of a write, inside its transaction. */
  readonly #changed = (change: Change): void => this.#onChange(change, this);

  beforeCommit(name: string, work: (context: Context) => void): void {
    this.#transaction.beforeCommit(`${this.accountSid} ${name}`, () => work(this));
  }

  afterCommit(action: () => void): void {
    this.#transaction.afterCommit(action);
  }

  get derived(): Map<string, unknown> {
    return this.#transaction.derived;
  }

  setting(name: string, usual: number): number {
    return this.#transaction.setting(name) ?? usual;
  }

  inAccount(accountSid: string): Context {
    return accountSid === this.accountSid ? this : this.#with({ accountSid });
  }

  announced(): Context {
    return this.isAnnounced ? this : this.#with({ isAnnounced: true });
  }

  quiet(): Context {
    return this.isAnnounced ? this.#with({ isAnnounced: false }) : this;
  }

  #with(changes: { accountSid?: string; isAnnounced?: boolean }): Context {
    return new TransactionContext({
      accountSid: this.accountSid,
      now: this.now,
      newSid: this.newSid,
      isAnnounced: this.isAnnounced,
      resources: this.#resources,
      store: this.#store,
      onChange: this.#onChange,
      transaction: this.#transaction,
      ...changes,
    });
  }
}

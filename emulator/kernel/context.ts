import type { Document, Kind } from "./document.ts";
import type { NewSid } from "./sid.ts";

/** The parameters that a request gave, by name and read; those not given are absent. */
export type Input = Readonly<Record<string, unknown>>;

/** A write that happened, as products' `onChange` sees it. */
export type Change<F extends object = object> =
  | { readonly action: "create"; readonly kind: string; readonly after: Document<F> }
  | {
      readonly action: "update";
      readonly kind: string;
      readonly before: Document<F>;
      readonly after: Document<F>;
    }
  | { readonly action: "delete"; readonly kind: string; readonly before: Document<F> };

/** What code of a product works with during one request: an account, a moment, the resources, what follows a commit. */
export interface Context {
  readonly accountSid: string;
  /** The moment of the request, in milliseconds since 1970; the same for everything it writes. */
  readonly now: number;
  readonly newSid: NewSid;
  /**
   * Whether webhooks are told of what is written. What Twilio does by itself is, and what people do; what programs do
   * with the REST API only when they ask for it, by `X-Twilio-Webhook-Enabled: true`.
   */
  readonly isAnnounced: boolean;
  /**
   * What code derives from stored resources and keeps between transactions, by a name of its own. Whoever keeps
   * something changes or drops it with the resources (`onChange`); all of it goes when a transaction is undone.
   */
  readonly derived: Map<string, unknown>;
  /** The account's resources of one kind. */
  of<F extends object>(kind: Kind<F>): Collection<F>;
  /**
   * Has something done at the end of the transaction, still inside it: what follows from all its writes together. Work
   * of a name is done once; when its own writes ask for it again, once more.
   */
  beforeCommit(name: string, work: (context: Context) => void): void;
  /** Has something done once the writes are durable, e.g. a webhook sent; not at all when they are undone. */
  afterCommit(action: () => void): void;
  /** A setting that the local Twilio was started with. */
  setting(name: string, usual: number): number;
  /** The same request seen from another account. */
  inAccount(accountSid: string): Context;
  /** The same request, for writes that follow from it and that nobody asked for: webhooks are told of those. */
  announced(): Context;
  /** The same request, for writes that webhooks are not told of. */
  quiet(): Context;
}

/** The resources of one kind in one account: what behaviour reads and writes, within the request's transaction. */
export interface Collection<F extends object> {
  get(sid: string): Document<F> | undefined;
  /** The one whose unique field has this value, in a parent or, for account-wide keys, in the account. */
  find(field: keyof F & string, value: string, parentSid?: string): Document<F> | undefined;
  /** All in a parent (default: the account), oldest first; those of one field value when `where` is given. */
  all(parentSid?: string, where?: Where<F>): Document<F>[];
  /** How many a parent has (default: the account). */
  count(parentSid?: string): number;
  /** Walks through the resources of a parent in creation order or its reverse, starting after `from`. */
  scan(options: {
    parent: string;
    descending: boolean;
    from?: number | undefined;
    where?: Where<F> | undefined;
  }): Iterable<Document<F>>;
  /** Creates a resource as the API would, from given parameters, with defaults and hooks. @throws TwilioError */
  create(parentSid: string, input: Input): Document<F>;
  /** Updates a resource as the API would, from given parameters, with hooks. @throws TwilioError */
  change(previous: Document<F>, input: Input): Document<F>;
  /** Deletes a resource as the API would. @throws TwilioError when it is not to be deleted */
  delete(document: Document<F>): void;
  /** Stores a new resource. @throws the resource's own error when a unique field is taken. */
  insert(parentSid: string, fields: F, sid?: string): Document<F>;
  /** Stores changed fields. @throws the resource's own error when a unique field is taken. */
  update(previous: Document<F>, fields: F): Document<F>;
  /** Stores fields of no concern to clients: ETag and date stay, nobody is told. Not for fields that are looked up. */
  amend(previous: Document<F>, fields: F): Document<F>;
  /** Asks anew when something is due with a resource, where that depends on more than the resource itself. */
  reschedule(document: Document<F>): void;
  /** Deletes a resource and all below it, whatever it says to that. */
  remove(document: Document<F>): void;
}

/** A field and the value that it has. */
export interface Where<F extends object> {
  readonly field: keyof F & string;
  readonly value: string;
}

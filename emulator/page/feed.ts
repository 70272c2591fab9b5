import { randomBytes } from "node:crypto";
import type { Change, Context } from "../kernel/context.ts";

/** Something that was written, small enough to be told to everybody who looks. */
export interface FeedEvent {
  /** E.g. `taskrouter.Task`. */
  readonly kind: string;
  readonly sid: string;
  readonly what: "created" | "updated" | "deleted";
  /** What encloses it, and what its fields name: SIDs. */
  readonly of: readonly string[];
  /** ISO 8601, of the emulated clock. */
  readonly time: string;
}

/** What listeners get at once: what was written since the last time, or only of which kinds where that is very much. */
export interface FeedMessage {
  readonly id: string;
  readonly text: string;
}

export interface FeedOptions {
  /** The emulated clock. */
  readonly now: () => number;
  /** Milliseconds in which writes are told together. @default 60 */
  readonly window?: number;
  /** How many messages are kept for who comes back. @default 500 */
  readonly kept?: number;
  /** How many events a message may have; of more only their kinds are told. @default 500 */
  readonly most?: number;
  /** Milliseconds that writes are still kept when nobody listens any more. @default 60000 */
  readonly linger?: number;
}

/** Written with every task, and looked at by nobody as it happens. */
const quiet: ReadonlySet<string> = new Set(["taskrouter.Event"]);
const sidLike = /^[A-Z]{2}[0-9a-f]{32}$/;
const pendingName = "page.feed";

/**
 * Tells listeners what is written, after it is durable, and keeps the last messages so that who was away for a moment
 * misses nothing. As long as nobody listens, a write costs it a comparison.
 */
export class Feed {
  readonly #options: Required<FeedOptions>;
  /** Ids of another process must not be taken for this one's. */
  readonly #epoch = randomBytes(4).toString("hex");
  readonly #listeners = new Set<(message: FeedMessage) => void>();
  readonly #ring: { readonly id: number; readonly text: string }[] = [];
  #collected = new Map<string, FeedEvent>();
  /** The last message there was. */
  #last = 0;
  /** Who has this one or a later one can be told the rest. */
  #complete = 0;
  #isKept = false;
  #timer: NodeJS.Timeout | undefined;
  #lingering: NodeJS.Timeout | undefined;

  constructor(options: FeedOptions) {
    this.#options = { window: 60, kept: 500, most: 500, linger: 60_000, ...options };
  }

  /** Sees every write, inside its transaction. */
  readonly onChange = (change: Change, context: Context): void => {
    if (!this.#isKept || quiet.has(change.kind)) return;
    // What a transaction derives is dropped when it is undone, and so is what would be told of it.
    let pending = context.derived.get(pendingName) as FeedEvent[] | undefined;
    if (pending === undefined) {
      const started: FeedEvent[] = (pending = []);
      context.derived.set(pendingName, started);
      context.afterCommit(() => {
        context.derived.delete(pendingName);
        for (const event of started) this.tell(event);
      });
    }
    pending.push(eventOf(change, context));
  };

  /** Has something told that is no resource: the clock, the faults. */
  tellOf(kind: string, what: FeedEvent["what"] = "updated"): void {
    if (this.#isKept)
      this.tell({ kind, sid: "", what, of: [], time: new Date(this.#options.now()).toISOString() });
  }

  tell(event: FeedEvent): void {
    const key = `${event.kind} ${event.sid}`;
    const earlier = this.#collected.get(key);
    this.#collected.delete(key);
    this.#collected.set(
      key,
      earlier?.what === "created" && event.what === "updated" ? { ...event, what: "created" } : event,
    );
    this.#timer ??= setTimeout(() => this.#deliver(), this.#options.window).unref();
  }

  /** The id that a listener who comes now has. */
  get id(): string {
    return `${this.#epoch}-${this.#last}`;
  }

  /**
   * Has somebody told from now on, and first what they missed.
   *
   * @param since the id of the last message that they got
   * @returns how they stop, and whether they missed something that is no longer known, so that they must look anew
   */
  listen(
    listener: (message: FeedMessage) => void,
    since: string | undefined,
  ): { readonly isComplete: boolean; stop(): void } {
    this.#deliver();
    clearTimeout(this.#lingering);
    if (!this.#isKept) {
      this.#isKept = true;
      // Nobody noted what was written before.
      this.#complete = ++this.#last;
      this.#ring.length = 0;
    }
    const from = this.#numberOf(since);
    const isComplete = since === undefined || (from !== undefined && from >= this.#complete);
    if (isComplete && from !== undefined)
      for (const { id, text } of this.#ring) if (id > from) listener({ id: `${this.#epoch}-${id}`, text });
    this.#listeners.add(listener);
    return {
      isComplete,
      stop: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size > 0) return;
        this.#lingering = setTimeout(() => {
          this.#isKept = false;
          this.#collected.clear();
          this.#ring.length = 0;
        }, this.#options.linger).unref();
      },
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#lingering);
    this.#isKept = false;
    this.#listeners.clear();
  }

  #numberOf(id: string | undefined): number | undefined {
    const [epoch, number = ""] = (id ?? "").split("-");
    return epoch === this.#epoch && /^\d+$/.test(number) ? Number(number) : undefined;
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#collected.size === 0) return;
    const events = [...this.#collected.values()];
    this.#collected = new Map();
    const now = new Date(this.#options.now()).toISOString();
    const text = JSON.stringify(
      events.length > this.#options.most
        ? { now, many: [...new Set(events.map(({ kind }) => kind))] }
        : { now, events },
    );
    const id = ++this.#last;
    this.#ring.push({ id, text });
    const gone = this.#ring.length > this.#options.kept ? this.#ring.shift() : undefined;
    if (gone !== undefined) this.#complete = gone.id;
    for (const listener of this.#listeners) listener({ id: this.id, text });
  }
}

function eventOf(change: Change, context: Context): FeedEvent {
  const { sid, parentSid, fields } = change.action === "delete" ? change.before : change.after;
  const named = Object.values(fields).filter(
    (value): value is string => typeof value === "string" && value.length === 34 && sidLike.test(value),
  );
  return {
    kind: change.kind,
    sid,
    what: change.action === "create" ? "created" : change.action === "update" ? "updated" : "deleted",
    of: [...new Set([parentSid, ...named])].filter((one) => one !== context.accountSid),
    time: new Date(context.now).toISOString(),
  };
}

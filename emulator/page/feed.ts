import { randomBytes } from "node:crypto";
import type { Change, Context } from "../kernel/context.ts";
import type { Document } from "../kernel/document.ts";

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
  /** Milliseconds in which writes are told together. @default 100 */
  readonly window?: number;
  /** How many messages are kept for who comes back. @default 500 */
  readonly kept?: number;
  /** How many events a message may have; of more only their kinds are told. @default 200 */
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
  #collected = new Map<string, Written>();
  /** The last message there was. */
  #last = 0;
  /** Who has this one or a later one can be told the rest. */
  #complete = 0;
  #isKept = false;
  #timer: NodeJS.Timeout | undefined;
  #lingering: NodeJS.Timeout | undefined;

  constructor(options: FeedOptions) {
    this.#options = { window: 100, kept: 500, most: 200, linger: 60_000, ...options };
  }

  /** Sees every write, inside its transaction. */
  readonly onChange = (change: Change, context: Context): void => {
    if (!this.#isKept || quiet.has(change.kind)) return;
    // What a transaction derives is dropped when it is undone, and so is what would be told of it.
    let pending = context.derived.get(pendingName) as Written[] | undefined;
    if (pending === undefined) {
      const started: Written[] = (pending = []);
      context.derived.set(pendingName, started);
      context.afterCommit(() => {
        context.derived.delete(pendingName);
        for (const written of started) this.#collect(written);
      });
    }
    const document = change.action === "delete" ? change.before : change.after;
    pending.push({
      kind: change.kind,
      sid: document.sid,
      what: whats[change.action],
      at: context.now,
      document,
    });
  };

  /** Tells of something that is written. Of what is no resource, such as the clock, the SID is empty. */
  tellOf(kind: string, sid = "", what: FeedEvent["what"] = "updated"): void {
    if (this.#isKept) this.#collect({ kind, sid, what, at: this.#options.now(), document: undefined });
  }

  #collect(written: Written): void {
    const key = `${written.kind} ${written.sid}`;
    const earlier = this.#collected.get(key);
    if (earlier !== undefined) this.#collected.delete(key);
    this.#collected.set(
      key,
      earlier?.what === "created" && written.what === "updated" ? { ...written, what: "created" } : written,
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
    const written = [...this.#collected.values()];
    this.#collected = new Map();
    const now = new Date(this.#options.now()).toISOString();
    const text = JSON.stringify(
      written.length > this.#options.most
        ? { now, many: [...new Set(written.map(({ kind }) => kind))] }
        : { now, events: written.map(eventOf) },
    );
    const id = ++this.#last;
    this.#ring.push({ id, text });
    const gone = this.#ring.length > this.#options.kept ? this.#ring.shift() : undefined;
    if (gone !== undefined) this.#complete = gone.id;
    for (const listener of this.#listeners) listener({ id: this.id, text });
  }
}

/** A write that is to be told of: what is told is made of it at last, where it is not too much. */
interface Written {
  readonly kind: string;
  readonly sid: string;
  readonly what: FeedEvent["what"];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Undefined where it is no resource. */
  readonly document: Document<object> | undefined;
}

const whats = { create: "created", update: "updated", delete: "deleted" } as const;

function eventOf({ kind, sid, what, at, document }: Written): FeedEvent {
  const time = new Date(at).toISOString();
  if (document === undefined) return { kind, sid, what, of: [], time };
  const { parentSid, accountSid, fields } = document;
  const named = Object.values(fields).filter(
    (value): value is string => typeof value === "string" && value.length === 34 && sidLike.test(value),
  );
  return {
    kind,
    sid,
    what,
    of: [...new Set([parentSid, ...named])].filter((one) => one !== accountSid),
    time,
  };
}

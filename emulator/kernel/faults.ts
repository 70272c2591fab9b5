import * as z from "zod";
import { invalid, TwilioError } from "./errors.ts";
import type { Incoming } from "./kernel.ts";

const milliseconds = z.number().min(0).max(60_000);

const concurrencyLimit = z.strictObject({
  concurrency: z.int().min(0),
  retryAfter: z.number().min(0).default(1),
});

const rateLimit = z.strictObject({
  rate: z.int().min(0),
  per: z.number().gt(0).default(1),
  retryAfter: z.number().min(0).default(1),
});

/** How `POST /_emulator/faults` describes a fault. */
const description = z
  .strictObject({
    /** First label or whole host: `taskrouter` or `taskrouter.twilio.com`. All hosts when left out. */
    host: z.string().min(1).optional(),
    method: z.enum(["GET", "POST", "DELETE"]).optional(),
    /** `*` stands for one segment or a part of it, `**` for any number of them. All paths when left out. */
    path: z.string().startsWith("/").optional(),
    /** Which share of the requests is hit, by a sequence that `seed` fixes. */
    probability: z.number().gt(0).max(1).default(1),
    seed: z.int().default(1),
    /** After how many hits it stops; without it, never. */
    times: z.int().min(1).optional(),
    /** Milliseconds before the request is handled: always the same, or evenly between two. */
    latency: z
      .union([
        milliseconds,
        z
          .strictObject({ min: milliseconds, max: milliseconds })
          .refine(({ min, max }) => min <= max, { error: "min must not be more than max" }),
      ])
      .optional(),
    /** An answer instead of the real one; nothing is handled. */
    error: z
      .strictObject({
        status: z.int().min(400).max(599),
        code: z.int().optional(),
        message: z.string().optional(),
        retryAfter: z.number().min(0).optional(),
      })
      .optional(),
    /** The connection breaks before anything is handled, or after its writes are committed. */
    drop: z.enum(["before", "after"]).optional(),
    /**
     * 429 for requests beyond so many at a time (they overlap while they wait out a latency), or beyond so many in a
     * number of seconds of the emulated clock.
     */
    limit: z
      .union([concurrencyLimit, rateLimit], {
        error: 'must be like {"concurrency": 5, "retryAfter": 1} or {"rate": 100, "per": 1, "retryAfter": 1}',
      })
      .optional(),
  })
  .refine(
    ({ latency, error, drop, limit }) => [latency, error, drop, limit].some((effect) => effect !== undefined),
    { error: "must have latency, error, drop or limit" },
  )
  .refine(({ error, drop }) => error === undefined || drop === undefined, {
    error: "can't have both error and drop; make two faults",
  });

export type FaultDescription = z.input<typeof description>;
type Settled = z.output<typeof description>;

/** Something that goes wrong on purpose. */
export type Fault =
  | { readonly status: number; readonly code: number; readonly message: string; readonly retryAfter?: number }
  | { readonly drop: "before" | "after" };

/** What happens to one request. */
export interface Plan {
  /** Milliseconds to wait first. */
  readonly latency: number;
  readonly fault: Fault | undefined;
  /** To be called when the request is over. */
  readonly done: () => void;
}

const unharmed: Plan = { latency: 0, fault: undefined, done: () => undefined };

/** The faults that are set. They are not kept: a new process answers properly. */
export class Faults {
  readonly #now: () => number;
  readonly #hosts: readonly string[];
  readonly #faults = new Map<string, ActiveFault>();
  #count = 0;
  /** Told when faults were set or taken away. */
  onChange: () => void = () => undefined;

  /**
   * @param now the emulated clock, which rate limits go by
   * @param hosts whole names of the hosts that there are
   */
  constructor(now: () => number, hosts: readonly string[]) {
    this.#now = now;
    this.#hosts = hosts;
  }

  /** @throws TwilioError that says what is wrong with the description */
  add(given: unknown): object {
    const parsed = description.safeParse(given);
    if (!parsed.success) throw invalid(`The fault is not valid: ${z.prettifyError(parsed.error)}`);
    this.#checkHost(parsed.data.host);
    const fault = new ActiveFault(`fault-${++this.#count}`, parsed.data);
    this.#faults.set(fault.id, fault);
    this.onChange();
    return fault.describe();
  }

  /** A fault of a misspelt host would hit nothing, and whoever set it would think that all went well. */
  #checkHost(host: string | undefined): void {
    if (host === undefined) return;
    const [label = "", ...domain] = host.toLowerCase().split(".");
    const isTwilio = domain.length === 0 || domain.slice(-2).join(".") === "twilio.com";
    // Hosts of regions too, e.g. taskrouter.us1.twilio.com.
    if (isTwilio && this.#hosts.some((known) => isHost(known, label))) return;
    throw invalid(
      `The fault is not valid: there is no host ${JSON.stringify(host.slice(0, 64))}; ` +
        `the hosts are ${this.#hosts.join(", ")}`,
    );
  }

  list(): object[] {
    return [...this.#faults.values()].map((fault) => fault.describe());
  }

  /** Removes one, or all. @throws TwilioError when there is no such one */
  remove(id?: string): void {
    if (id === undefined) this.#faults.clear();
    else if (!this.#faults.delete(id))
      throw new TwilioError(404, 20404, `There is no fault ${id.slice(0, 64)}`);
    this.onChange();
  }

  /** Decides what happens to a request. Of several faults that break it the first does; latencies add up. */
  plan(request: Incoming): Plan {
    if (this.#faults.size === 0) return unharmed;
    let latency = 0;
    let fault: Fault | undefined;
    const taken: ActiveFault[] = [];
    for (const each of this.#faults.values()) {
      if (!each.hits(request)) continue;
      each.running++;
      taken.push(each);
      const effect = each.effect(this.#now());
      latency += effect.latency;
      fault ??= effect.fault;
    }
    let isOver = false;
    const done = (): void => {
      if (!isOver) for (const each of taken) each.running--;
      isOver = true;
    };
    return { latency, fault, done };
  }
}

class ActiveFault {
  readonly id: string;
  readonly #given: Settled;
  readonly #random: () => number;
  readonly #randomLatency: () => number;
  #matched = 0;
  #hits = 0;
  #limited = 0;
  #recent: number[] = [];
  /** Requests under way that it hit. */
  running = 0;

  constructor(id: string, given: Settled) {
    this.id = id;
    this.#given = given;
    this.#random = randomNumbers(given.seed);
    this.#randomLatency = randomNumbers(given.seed + 1);
  }

  hits({ host, method, target }: Incoming): boolean {
    const given = this.#given;
    const name = host.toLowerCase().replace(/:\d+$/, "");
    if (given.host !== undefined && !isHost(name, given.host)) return false;
    if (given.method !== undefined && method !== given.method) return false;
    const [path = ""] = target.split("?", 1);
    if (given.path !== undefined && !matchesGlob(given.path, path)) return false;
    this.#matched++;
    // A number is drawn for each: which requests are hit must not depend on how many were before.
    const isDrawn = this.#random() < given.probability;
    if (!isDrawn || (given.times !== undefined && this.#hits >= given.times)) return false;
    this.#hits++;
    return true;
  }

  /** What it does to a request that it hits; one beyond a limit is refused without delay. */
  effect(now: number): Pick<Plan, "latency" | "fault"> {
    const { error, drop, limit } = this.#given;
    if (limit !== undefined && this.#isOver(limit, now)) {
      this.#limited++;
      return {
        latency: 0,
        fault: { status: 429, code: 20429, message: "Too Many Requests", retryAfter: limit.retryAfter },
      };
    }
    const latency = this.#latency();
    if (drop !== undefined) return { latency, fault: { drop } };
    if (error === undefined) return { latency, fault: undefined };
    const {
      status,
      code = status === 429 ? 20429 : 20500,
      message = usualMessage(status),
      retryAfter,
    } = error;
    return { latency, fault: { status, code, message, ...(retryAfter !== undefined && { retryAfter }) } };
  }

  describe(): object {
    return { id: this.id, ...this.#given, matched: this.#matched, hits: this.#hits, limited: this.#limited };
  }

  #latency(): number {
    const { latency = 0 } = this.#given;
    if (typeof latency === "number") return latency;
    return latency.min + this.#randomLatency() * (latency.max - latency.min);
  }

  #isOver(limit: NonNullable<Settled["limit"]>, now: number): boolean {
    if ("concurrency" in limit) return this.running > limit.concurrency;
    this.#recent = this.#recent.filter((time) => time > now - limit.per * 1000);
    if (this.#recent.length >= limit.rate) return true;
    this.#recent.push(now);
    return false;
  }
}

function usualMessage(status: number): string {
  if (status === 429) return "Too Many Requests";
  return status >= 500 ? "Internal Server Error" : "Bad Request";
}

/** Whether a name, as requests have it, is the host that was given: the whole name or its first label. */
function isHost(name: string, given: string): boolean {
  const wanted = given.toLowerCase();
  return name === wanted || name.split(".", 1)[0] === wanted;
}

/**
 * Whether a path is one of those that `*` and `**` stand for. No regular expression: one with many stars takes longer
 * than anybody waits. Here it is the length of one times that of the other, at most.
 */
function matchesGlob(glob: string, path: string): boolean {
  // Where in the path what was read of the glob may end.
  let ends = new Set([0]);
  for (const part of glob.split(/(\*\*|\*)/)) {
    ends = part === "*" || part === "**" ? spread(ends, path, part) : behind(ends, path, part);
  }
  return ends.has(path.length);
}

function behind(ends: ReadonlySet<number>, path: string, text: string): Set<number> {
  return new Set([...ends].filter((at) => path.startsWith(text, at)).map((at) => at + text.length));
}

/** From each end on, up to the end of the path, or of the segment for `*`. */
function spread(ends: ReadonlySet<number>, path: string, star: "*" | "**"): Set<number> {
  const found = new Set<number>();
  for (const start of ends) {
    for (let at = start; at <= path.length && !found.has(at); at++) {
      found.add(at);
      if (star === "*" && path[at] === "/") break;
    }
  }
  return found;
}

/** Mulberry32: the same numbers from 0 to below 1 for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

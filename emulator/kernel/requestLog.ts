/** A request as lists show it: no headers, no bodies, so no credentials but those in its query. */
export interface LoggedRequest {
  /** Counts up, from 1. */
  readonly id: number;
  /** ISO 8601, wall-clock time. */
  readonly time: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** As it was sent, without its question mark. */
  readonly query: string;
  /** Twilio's name of the operation, e.g. `CreateTaskQueue`, where there is one. */
  readonly operation: string | null;
  /** 0 when the connection broke, on purpose, before anything was handled. */
  readonly status: number;
  /** There where the local Twilio's own page asked. */
  readonly by?: "page";
}

/** What a request and its answer held. */
export interface Bodies {
  readonly contentType: string | undefined;
  readonly request: string;
  /** JSON; empty where there was none. */
  readonly answer: string;
}

/** Bodies as far as they are kept, and how long they were, in characters. */
export interface KeptBodies extends Bodies {
  readonly requestLength: number;
  readonly answerLength: number;
}

/** Which requests are wanted; what is left out, any. */
export interface RequestFilter {
  readonly method?: string | undefined;
  /** Whether the local Twilio's own page sent it. */
  readonly byPage?: boolean | undefined;
  /** Part of the host. */
  readonly host?: string | undefined;
  /** Part of the path, in any case of letters. */
  readonly path?: string | undefined;
  /** `404`, or `4` for all of its class. */
  readonly status?: number | undefined;
  /** Part of the operation's name, in any case of letters. */
  readonly operation?: string | undefined;
  /** Only those with a smaller id. */
  readonly before?: number | undefined;
}

interface Entry {
  readonly request: LoggedRequest;
  bodies: KeptBodies | undefined;
}

export interface RequestLogOptions {
  /** How many requests are remembered. @default 1000 */
  readonly size?: number;
  /** How much of a body is kept, in characters. @default 65,536 */
  readonly longestBody?: number;
  /** How much of all bodies together; the oldest go first. @default 8,388,608 */
  readonly allBodies?: number;
}

/** What the page reads is not what somebody looks for in the log: it pushes out no more than itself. */
const pageReads = 50;

/** Counts requests by operation and remembers the last ones. */
export class RequestLog {
  readonly #size: number;
  readonly #longestBody: number;
  readonly #allBodies: number;
  #total = 0;
  /** Ids go on when it is cleared, so that none is ever another's. */
  #lastId = 0;
  #counts = new Map<string, number>();
  /** Oldest first, as is the next. */
  #entries = new Ring<Entry>();
  #pageReads = new Ring<Entry>();
  #withBodies = new Ring<Entry>();
  #kept = 0;

  constructor({ size = 1000, longestBody = 64 * 1024, allBodies = 8 * 1024 * 1024 }: RequestLogOptions = {}) {
    this.#size = size;
    this.#longestBody = longestBody;
    this.#allBodies = allBodies;
  }

  add(request: Omit<LoggedRequest, "id">, bodies?: Bodies): void {
    const entry: Entry = { request: { id: ++this.#lastId, ...request }, bodies: undefined };
    if (request.by === "page" && request.method === "GET") {
      this.#pageReads.push(entry, pageReads);
    } else {
      const gone = this.#entries.push(entry, this.#size);
      if (gone !== undefined) this.#forgetBodies(gone);
      if (bodies !== undefined) this.#keep(entry, bodies);
    }
    this.#total++;
    // Paths that lead nowhere are counted together: the map stays as small as the API.
    const name = `${request.operation ?? "unknown"} ${request.status}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  clear(): void {
    this.#total = this.#kept = 0;
    this.#counts = new Map();
    this.#entries = new Ring();
    this.#pageReads = new Ring();
    this.#withBodies = new Ring();
  }

  /** All counts, and the last `limit` (default: all) of the remembered requests that are wanted, oldest first. */
  report(
    limit: number = this.#size,
    filter: RequestFilter = {},
  ): {
    total: number;
    counts: Record<string, number>;
    requests: LoggedRequest[];
  } {
    return {
      total: this.#total,
      counts: Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1))),
      requests: this.#last(limit, ({ request }) => isWanted(request, filter)),
    };
  }

  /** One request, with its bodies while they are kept. */
  one(id: number): { readonly request: LoggedRequest; readonly bodies: KeptBodies | undefined } | undefined {
    return [...this.#entries, ...this.#pageReads].find(({ request }) => request.id === id);
  }

  /** The last requests in whose path, query or bodies a text stands, e.g. a SID; oldest first. */
  touching(text: string, limit: number): LoggedRequest[] {
    return this.#last(
      limit,
      ({ request: { path, query }, bodies }) =>
        path.includes(text) ||
        query.includes(text) ||
        bodies?.request.includes(text) === true ||
        bodies?.answer.includes(text) === true,
    );
  }

  #last(limit: number, isMeant: (entry: Entry) => boolean): LoggedRequest[] {
    if (limit === 0) return [];
    return [...this.#entries, ...this.#pageReads]
      .filter(isMeant)
      .map(({ request }) => request)
      .sort((one, other) => one.id - other.id)
      .slice(-limit);
  }

  #keep(entry: Entry, { contentType, request, answer }: Bodies): void {
    const kept = {
      contentType,
      request: this.#cut(request),
      answer: this.#cut(answer),
      requestLength: request.length,
      answerLength: answer.length,
    };
    entry.bodies = kept;
    this.#kept += kept.request.length + kept.answer.length;
    this.#withBodies.push(entry, this.#size);
    while (this.#kept > this.#allBodies && this.#withBodies.size > 1) {
      const oldest = this.#withBodies.shift();
      if (oldest !== undefined) this.#forgetBodies(oldest);
    }
  }

  #cut(body: string): string {
    if (body.length <= this.#longestBody) return body;
    // A slice would keep all of what it is cut from.
    return Buffer.from(body.slice(0, this.#longestBody)).toString();
  }

  #forgetBodies(entry: Entry): void {
    if (entry.bodies === undefined) return;
    this.#kept -= entry.bodies.request.length + entry.bodies.answer.length;
    entry.bodies = undefined;
  }
}

/** The last of what was put in. */
class Ring<T> {
  readonly #items = new Map<number, T>();
  #first = 0;
  #next = 0;

  get size(): number {
    return this.#items.size;
  }

  /** @returns what there is no place for any more */
  push(item: T, most: number): T | undefined {
    this.#items.set(this.#next++, item);
    return this.#items.size > most ? this.shift() : undefined;
  }

  shift(): T | undefined {
    const item = this.#items.get(this.#first);
    if (this.#items.delete(this.#first)) this.#first++;
    return item;
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#items.values();
  }
}

function isWanted(request: LoggedRequest, filter: RequestFilter): boolean {
  const { method, byPage, host, path, status, operation, before } = filter;
  return (
    (byPage === undefined || (request.by === "page") === byPage) &&
    (method === undefined || request.method === method) &&
    (host === undefined || request.host.toLowerCase().includes(host.toLowerCase())) &&
    (path === undefined || request.path.toLowerCase().includes(path.toLowerCase())) &&
    (status === undefined ||
      request.status === status ||
      (status < 10 && Math.floor(request.status / 100) === status)) &&
    (operation === undefined ||
      request.operation?.toLowerCase().includes(operation.toLowerCase()) === true) &&
    (before === undefined || request.id < before)
  );
}

/** A request as the log keeps it: no headers, no bodies, so no credentials. */
export interface LoggedRequest {
  /** ISO 8601, wall-clock time. */
  readonly time: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Twilio's name of the operation, e.g. `CreateTaskQueue`, where there is one. */
  readonly operation: string | null;
  /** 0 when the connection broke, on purpose, before anything was handled. */
  readonly status: number;
  /** There where the local Twilio's own page asked. */
  readonly by?: "page";
}

/** Counts requests by operation and remembers the last ones. */
export class RequestLog {
  readonly #size: number;
  #total = 0;
  #counts = new Map<string, number>();
  #ring: LoggedRequest[] = [];

  /** @param size how many requests are remembered */
  constructor(size = 1000) {
    this.#size = size;
  }

  add(request: LoggedRequest): void {
    this.#ring[this.#total % this.#size] = request;
    this.#total++;
    // Paths that lead nowhere are counted together: the map stays as small as the API.
    const name = `${request.operation ?? "unknown"} ${request.status}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  clear(): void {
    this.#total = 0;
    this.#counts = new Map();
    this.#ring = [];
  }

  /** All counts, and the last `limit` (default: all) of the remembered requests, oldest first. */
  report(limit: number = this.#size): {
    total: number;
    counts: Record<string, number>;
    requests: LoggedRequest[];
  } {
    const start = this.#total > this.#size ? this.#total % this.#size : 0;
    const requests = [...this.#ring.slice(start), ...this.#ring.slice(0, start)];
    return {
      total: this.#total,
      counts: Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1))),
      requests: limit === 0 ? [] : requests.slice(-limit),
    };
  }
}

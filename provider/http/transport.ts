import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { ConnectionError } from "../engine/errors.ts";
import { backoff, longestRetryAfter, retryAfter } from "./backoff.ts";
import { type Answer, Exchanger } from "./exchange.ts";
import { Semaphore } from "./semaphore.ts";

/** The request as the twilio SDK hands it to its HTTP client. */
export interface SdkRequest {
  method: string;
  uri: string;
  username?: string;
  password?: string;
  headers?: { [name: string]: string };
  /** Query parameters. */
  params?: object;
  /** Form fields, or a JSON body, by the Content-Type header. */
  data?: object;
}

/** The answer as the twilio SDK wants it from its HTTP client. */
export interface SdkResponse {
  statusCode: number;
  body: string;
  headers: { [name: string]: string };
}

export interface TransportOptions {
  /** Sends everything there, with the real Host header, in place of Twilio. */
  endpoint?: URL;
  /** Requests open at once, at most: fewer while Twilio says that there are too many. */
  maxConcurrency: number;
  /** Times a request is sent again. */
  maxRetries: number;
  /** Stops waits and requests. */
  signal: AbortSignal;
  /** Told of every answer or failure, for logs. */
  onExchange?(line: string): void;
  /** Milliseconds until a request is given up. Default 30,000. */
  timeout?: number;
  /** Milliseconds that creates on their way are given to finish after `signal`. Default 5,000. */
  grace?: number;
  now?(): number;
  sleep?(milliseconds: number, signal: AbortSignal): Promise<void>;
  random?(): number;
}

const serverErrors = new Set([500, 502, 503, 504]);

/**
 * How requests reach Twilio: connections kept open, a bounded number of requests at once, and requests
 * sent again after 429, server errors and lost connections. A 429 halves the number, and answers let it
 * grow again; a request that waits to be sent again keeps its place, so that a rate limit slows everything down.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #exchanger = new Exchanger();
  readonly #semaphore: Semaphore;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly #random: () => number;
  /** Aborts some time after the signal, so that a create that is under way is not forgotten. */
  readonly #late = new AbortController();
  /** What the server's clock is ahead of ours, in milliseconds. */
  #clockOffset = 0;
  #requests = 0;
  #reached = false;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#semaphore = new Semaphore(options.maxConcurrency);
    this.#now = options.now ?? Date.now;
    this.#sleep =
      options.sleep ??
      (async (milliseconds, signal) => {
        await delay(milliseconds, undefined, { signal }).catch((error: unknown) => {
          // Node's own AbortError would not say why.
          throw signal.aborted ? signal.reason : error;
        });
      });
    this.#random = options.random ?? Math.random;
    const { signal, grace = 5_000 } = options;
    // Every request and every wait listens.
    setMaxListeners(0, signal, this.#late.signal);
    signal.addEventListener("abort", () => {
      setTimeout(() => this.#late.abort(signal.reason), grace).unref();
    });
  }

  /** Requests sent so far, each attempt counted. */
  get requests(): number {
    return this.#requests;
  }

  /** The time at the server, in milliseconds since 1970, as far as its answers told. */
  serverTime(): number {
    return this.#now() + this.#clockOffset;
  }

  /** A client for the SDK whose requests may be sent twice: reads, deletes, updates. */
  readonly resending = { request: (request: SdkRequest): Promise<SdkResponse> => this.#send(request, true) };

  /**
   * A client for the SDK whose requests reach the server at most once: creates. They are sent again only
   * when they can't have had an effect: after 429, or when there was no connection.
   */
  readonly once = { request: (request: SdkRequest): Promise<SdkResponse> => this.#send(request, false) };

  /**
   * Asks the endpoint itself for something, without credentials; not a request to Twilio, so that none is counted.
   *
   * @throws ConnectionError when nothing answers
   */
  async askEndpoint(endpoint: URL, path: string): Promise<Answer> {
    const url = new URL(endpoint);
    url.pathname = url.pathname.replace(/\/$/, "") + path;
    const { signal } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const headers = { Host: url.host };
        return await this.#exchanger.exchange({ method: "GET", url, headers, timeout: 5_000, signal });
      } catch (error) {
        if (!(error instanceof ConnectionError) || attempt >= Math.min(2, this.#options.maxRetries))
          throw error;
        await this.#sleep(backoff(attempt, this.#random), signal);
      }
    }
  }

  /** Waits some milliseconds, or until the signal. */
  wait(milliseconds: number): Promise<void> {
    return this.#sleep(milliseconds, this.#options.signal);
  }

  close(): void {
    this.#exchanger.close();
  }

  #send(request: SdkRequest, resend: boolean): Promise<SdkResponse> {
    return this.#semaphore.run(this.#options.signal, async () => {
      for (let attempt = 0; ; attempt += 1) {
        const wait = await this.#attempt(request, resend, attempt);
        if (typeof wait !== "number") return wait;
        await this.#sleep(wait, this.#options.signal);
      }
    });
  }

  /** One attempt: the answer, or how long to wait before the next. */
  async #attempt(request: SdkRequest, resend: boolean, attempt: number): Promise<SdkResponse | number> {
    const last = attempt >= this.#options.maxRetries;
    const { lowered } = this.#semaphore;
    let answer: Answer;
    try {
      answer = await this.#exchange(request, resend);
    } catch (error) {
      if (!(error instanceof ConnectionError) || last || (error.sent && !resend)) throw error;
      // What was never there is misconfigured rather than lost.
      if (!this.#reached && attempt >= 2) throw error;
      return backoff(attempt, this.#random);
    }
    this.#reached = true;
    this.#readClock(answer);
    if (answer.status === 429) this.#semaphore.lower(lowered);
    else this.#semaphore.raise();
    const retryable = answer.status === 429 || (resend && serverErrors.has(answer.status));
    if (retryable && !last) {
      const asked = retryAfter(header(answer, "retry-after"), this.serverTime());
      if (asked === undefined || asked <= longestRetryAfter) return asked ?? backoff(attempt, this.#random);
    }
    return { statusCode: answer.status, body: answer.body, headers: plainHeaders(answer) };
  }

  async #exchange(request: SdkRequest, resend: boolean): Promise<Answer> {
    const { endpoint, timeout = 30_000, onExchange } = this.#options;
    const { url, host } = target(request, endpoint);
    const [body, encoding] = encodeBody(request);
    const started = this.#now();
    const line = `${request.method.toUpperCase()} https://${host}${url.pathname}`;
    this.#requests += 1;
    try {
      const answer = await this.#exchanger.exchange({
        method: request.method.toUpperCase(),
        url,
        headers: {
          ...request.headers,
          ...authorization(request),
          ...(encoding !== undefined && { "Content-Type": encoding }),
          Host: host,
        },
        ...(body !== undefined && { body }),
        timeout,
        signal: resend ? this.#options.signal : this.#late.signal,
      });
      onExchange?.(`${line} ${answer.status}, ${this.#now() - started} ms`);
      return answer;
    } catch (error) {
      onExchange?.(`${line} failed: ${(error as Error).message}, ${this.#now() - started} ms`);
      throw error;
    }
  }

  #readClock(answer: Answer): void {
    const date = Date.parse(header(answer, "date") ?? "");
    if (!Number.isNaN(date)) this.#clockOffset = date - this.#now();
  }
}

/** Where a request really goes, and the host it is meant for. */
function target(request: SdkRequest, endpoint: URL | undefined): { url: URL; host: string } {
  const meant = new URL(request.uri);
  for (const [name, value] of formFields(request.params ?? {})) meant.searchParams.append(name, value);
  if (endpoint !== undefined && meant.host === endpoint.host) return { url: meant, host: meant.host };
  // Page links come from the server: credentials go to Twilio only.
  if (!meant.hostname.endsWith(".twilio.com")) {
    throw new Error(`${meant.origin} is no host of Twilio's; the request was not sent`);
  }
  if (endpoint === undefined) return { url: meant, host: meant.host };
  const url = new URL(endpoint);
  url.pathname = url.pathname.replace(/\/$/, "") + meant.pathname;
  url.search = meant.search;
  return { url, host: meant.host };
}

function encodeBody(request: SdkRequest): [body?: string, type?: string] {
  if (request.data === undefined || request.method.toLowerCase() !== "post") return [];
  const type = request.headers?.["Content-Type"] ?? "application/x-www-form-urlencoded";
  if (type === "application/json") return [JSON.stringify(request.data), type];
  return [new URLSearchParams(formFields(request.data)).toString(), type];
}

/** Fields as Twilio reads them: a list repeats its name, null is empty, undefined is left out. */
function formFields(data: object): [string, string][] {
  return Object.entries(data).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((item) => [name, String(item)]);
    if (value instanceof Date) return [[name, value.toISOString()]];
    return [[name, value === null ? "" : String(value)]];
  });
}

function authorization(request: SdkRequest): { Authorization?: string } {
  if (request.username === undefined || request.password === undefined) return {};
  const pair = Buffer.from(`${request.username}:${request.password}`).toString("base64");
  return { Authorization: `Basic ${pair}` };
}

function header(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function plainHeaders(answer: Answer): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

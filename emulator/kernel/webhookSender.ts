import type { Change, Context } from "./context.ts";
import type { Document } from "./document.ts";
import type { Kernel } from "./kernel.ts";
import { sendRequest } from "./outgoing.ts";
import { withoutCredentials } from "./withoutCredentials.ts";

import {
  type Answer,
  type Attempt,
  type OnAnswer,
  webhook,
  type Webhook,
  type WebhookProblem,
  webhookResource,
} from "./webhook.ts";

/** As many requests are under way at once; more wait. */
const maxConcurrent = 64;

/** Answers after which a webhook is sent again, where it is to be retried; so is one without an answer. */
const retried: readonly number[] = [0, 429, 503, 504];

/** Something in this process that takes webhooks on a port of this machine. */
export interface Receiver {
  /** Listens, where a webhook is about to go to its port and nobody is there. @returns whether it has begun to */
  ready(url: string): Promise<boolean>;
  /** Hears who has answered: the `Server` header. */
  answered(url: string, server: string): void;
}

export interface WebhookSenderOptions {
  readonly kernel: Kernel;
  /** What is done with answers, by purpose. */
  readonly answers: Readonly<Record<string, OnAnswer>>;
  /** What an account's webhooks are signed with. */
  readonly authToken: (accountSid: string) => string;
  readonly onError: (error: unknown) => void;
  /** Replaces the milliseconds that each webhook waits for its answer; for tests. */
  readonly timeout?: number | undefined;
  readonly receiver?: Receiver | undefined;
}

/** Sends the stored webhooks and passes their answers on. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #closing = new AbortController();
  readonly #queue: (() => Promise<void>)[] = [];
  #running = 0;
  #whenIdle: (() => void)[] = [];

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    options.kernel.own(webhookResource);
    options.kernel.observe({ onChange: (change, context) => this.#onChange(change, context) });
  }

  /** Sends what was left unfinished when the file was last closed. */
  resume(accountSid: string): void {
    this.#options.kernel.transaction(accountSid, (context) => {
      for (const { sid } of context.of(webhook).all(accountSid, { field: "status", value: "queued" })) {
        context.afterCommit(() => this.#start(accountSid, sid));
      }
    });
  }

  /** Resolves when nothing is under way, nor anything that followed from an answer. */
  async idle(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  /** The last webhooks, oldest first, as `GET /_emulator/webhooks` shows them. */
  report(accountSid: string, limit: number): object[] {
    return this.#options.kernel.transaction(accountSid, (context) => {
      const found: object[] = [];
      for (const document of context.of(webhook).scan({ parent: accountSid, descending: true })) {
        if (found.length >= limit) break;
        found.unshift(describe(document));
      }
      return found;
    });
  }

  /** Breaks off what is under way; it is sent when the file is opened again. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#queue.length = 0;
    await this.idle();
  }

  #onChange(change: Change, context: Context): void {
    if (change.action !== "create" || change.kind !== webhook.kind) return;
    const { sid, accountSid } = change.after;
    context.afterCommit(() => this.#start(accountSid, sid));
  }

  #start(accountSid: string, sid: string): void {
    if (this.#closing.signal.aborted) return;
    this.#queue.push(() => this.#deliver(accountSid, sid).catch(this.#options.onError));
    this.#next();
  }

  #next(): void {
    if (this.#running >= maxConcurrent) return;
    const work = this.#queue.shift();
    if (work === undefined) {
      if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
      return;
    }
    this.#running++;
    void work().finally(() => {
      this.#running--;
      this.#next();
    });
  }

  async #deliver(accountSid: string, sid: string): Promise<void> {
    const { kernel } = this.#options;
    const stored = kernel.transaction(accountSid, (context) => context.of(webhook).get(sid));
    if (stored === undefined || stored.fields.status !== "queued") return;
    const { fields } = stored;
    const attempts: Attempt[] = [];
    let answer: Answer;
    do {
      const at = kernel.now;
      answer = await this.#send(accountSid, fields);
      if (this.#closing.signal.aborted) return;
      attempts.push({ at, status: answer.status, failure: answer.failure ?? null });
    } while (retried.includes(answer.status) && attempts.length <= fields.retries);
    this.#finish(stored, attempts, answer);
  }

  /** Sends it once. Where it was refused and a receiver has come instead, it counts as not sent. */
  async #send(accountSid: string, fields: Webhook): Promise<Answer> {
    const { authToken, timeout = fields.timeout, receiver } = this.#options;
    const send = (): Promise<Answer> =>
      sendRequest(fields, { authToken: authToken(accountSid), timeout, signal: this.#closing.signal });
    await receiver?.ready(fields.url);
    let answer = await send();
    if (answer.failure === "ECONNREFUSED" && (await receiver?.ready(fields.url)) === true)
      answer = await send();
    if (answer.status !== 0) receiver?.answered(fields.url, answer.server ?? "");
    return answer;
  }

  #finish(stored: Document<Webhook>, attempts: Attempt[], answer: Answer): void {
    const { kernel, answers, onError } = this.#options;
    const { accountSid, sid, fields } = stored;
    const write = (context: Context, problem: WebhookProblem | undefined | void): void => {
      const current = context.of(webhook).get(sid);
      const isFine = answer.status >= 200 && answer.status < 300;
      const status = isFine ? "answered" : "failed";
      if (current !== undefined) {
        const { data } = current.fields;
        context.of(webhook).update(current, { ...fields, data, status, attempts, problem: problem ?? null });
      }
    };
    kernel.catchUp();
    try {
      kernel.transaction(accountSid, (context) =>
        write(context, answers[fields.purpose]?.(context, stored, answer)),
      );
    } catch (error) {
      // What was answered can't be followed: that must not have it sent again.
      kernel.transaction(accountSid, (context) => write(context, undefined));
      onError(error);
    }
  }
}

/** A value without the credentials in its addresses, e.g. of a fallback. */
function masked(value: unknown): unknown {
  if (typeof value === "string") return withoutCredentials(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, masked(item)]));
}

function describe({ sid, created, fields }: Document<Webhook>): object {
  const { url, method, form, body, purpose, data, status, attempts, problem } = fields;
  return {
    sid,
    time: new Date(created).toISOString(),
    purpose,
    method,
    url: withoutCredentials(url),
    parameters: masked(form ?? body),
    data: masked(data),
    status,
    attempts: attempts.map(({ at, status: answered, failure }) => ({
      time: new Date(at).toISOString(),
      status: answered,
      ...(failure !== null && { failure }),
    })),
    ...(problem !== null && { problem: { ...problem, message: withoutCredentials(problem.message) } }),
  };
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Receiver } from "../kernel/webhookSender.ts";
import { sampleAnswer } from "./sampleHandler.ts";

/** What the sink calls itself in its answers, so that another local Twilio knows it for one. */
export const sinkName = "local-twilio-sink";

/** How many requests are kept, and how much of a body, in characters. */
const kept = 200;
const longestBody = 16 * 1024;

/** A request with more in its body is refused, in bytes. */
const largestBody = 1024 * 1024;

/** A request that came to the sink. */
export interface SunkRequest {
  /** Counts up, from 1. */
  readonly id: number;
  /** Milliseconds since 1970, of the emulated clock. */
  readonly time: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
  /** Of all of it, in characters. */
  readonly length: number;
  readonly isSigned: boolean;
  readonly answer: { readonly contentType: string; readonly body: string };
}

export interface SinkOptions {
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told, in one line, that somebody else has the port. */
  readonly note: (line: string) => void;
}

/** `taken`: another program has the port. `closed`: it is free, or was when last looked at. */
export type SinkState = "open" | "taken" | "closed";

/**
 * Takes what the account sends to programs of its own, on a port of this machine, where none of these runs: it listens from
 * when it is opened, or from when something is first sent there, until the local Twilio is closed or it is told to give the
 * port up. A program that has the port keeps it, and gets what is sent.
 */
export class Sink implements Receiver {
  readonly #options: SinkOptions;
  readonly #requests: SunkRequest[] = [];
  /** Is told of every request. */
  onReceived: () => void = () => undefined;
  #server: Server | undefined;
  #opening: Promise<void> | undefined;
  #state: SinkState = "closed";
  #isGivenUp = false;
  #hasNoted = false;
  #lastId = 0;

  constructor(options: SinkOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#options.port;
  }

  get state(): SinkState {
    return this.#state;
  }

  /** The last requests, oldest first. */
  get requests(): readonly SunkRequest[] {
    return this.#requests;
  }

  forget(): void {
    this.#requests.length = 0;
  }

  /** Takes the port, unless another program has it. */
  async open(): Promise<SinkState> {
    this.#isGivenUp = false;
    if (this.#server === undefined) {
      this.#opening ??= this.#listen().finally(() => (this.#opening = undefined));
      await this.#opening;
    }
    return this.#state;
  }

  /** Gives the port up to whoever wants it, until it is opened again. */
  async close(): Promise<void> {
    this.#isGivenUp = true;
    await this.#opening;
    const server = this.#server;
    this.#server = undefined;
    if (this.#state === "open") this.#state = "closed";
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  }

  /** Listens before something is sent to its port. @returns whether it has begun to */
  async ready(url: string): Promise<boolean> {
    if (!this.#isMeant(url) || this.#isGivenUp || this.#server !== undefined) return false;
    return (await this.open()) === "open";
  }

  /** Notes that another program has answered in its place, once; another local Twilio's sink is no such program. */
  answered(url: string, server: string): void {
    if (this.#hasNoted || this.#state !== "taken" || server === sinkName || !this.#isMeant(url)) return;
    this.#hasNoted = true;
    this.#options.note(
      `Port ${this.port}: another program has it, and gets what the account sends there; the built-in sink stands back.`,
    );
  }

  #isMeant(text: string): boolean {
    const url = URL.parse(text);
    if (url?.protocol !== "http:") return false;
    return (
      Number(url.port || 80) === this.port && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
    );
  }

  async #listen(): Promise<void> {
    const server = createServer((request, response) => void this.#receive(request, response));
    // It lives no longer than what it is for.
    server.unref();
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ host: "127.0.0.1", port: this.port }, resolve);
      });
      this.#server = server;
      this.#state = "open";
    } catch {
      this.#state = "taken";
    }
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const origin = originOf(headers.origin);
    const about = { server: sinkName, ...(origin === undefined ? {} : openTo(origin)) };
    if (method === "OPTIONS") {
      response.writeHead(204, about).end();
      return;
    }
    const body = await read(request);
    if (body === undefined) {
      response.writeHead(413, { ...about, connection: "close" }).end();
      return;
    }
    const contentType = headers["content-type"] ?? "";
    const form = contentType.toLowerCase().startsWith("application/x-www-form-urlencoded");
    const answer = sampleAnswer({
      method,
      fields: form
        ? new URLSearchParams(body)
        : (URL.parse(url, "http://sink")?.searchParams ?? new URLSearchParams()),
    });
    this.#keep({
      ...{ method, path: url.slice(0, longestBody), contentType, body: body.slice(0, longestBody) },
      length: body.length,
      isSigned: headers["x-twilio-signature"] !== undefined,
      answer,
    });
    response.writeHead(200, { ...about, "content-type": answer.contentType }).end(answer.body);
  }

  #keep(request: Omit<SunkRequest, "id" | "time">): void {
    this.#requests.push({ id: ++this.#lastId, time: this.#options.now(), ...request });
    if (this.#requests.length > kept) this.#requests.shift();
    this.onReceived();
  }
}

/** The text of a body; undefined where it is too long, or ends before it is over. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      // What is too long is read to its end, so that its sender hears of it.
      if (size <= largestBody) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return size > largestBody ? undefined : Buffer.concat(chunks).toString();
}

/** A page of this machine, such as an agent's desktop, whose plugin calls a handler. */
function originOf(origin: string | undefined): string | undefined {
  const url = origin === undefined ? null : URL.parse(origin);
  return url !== null && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
    ? url.origin
    : undefined;
}

function openTo(origin: string): Record<string, string> {
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "content-type, authorization",
    vary: "origin",
  };
}

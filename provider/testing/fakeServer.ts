import http from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came in. */
export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** What to answer: an answer, a broken connection, or nothing at all. */
export type Reply =
  { status: number; body?: unknown; headers?: { [name: string]: string } } | "drop" | "silence";

/** What a local Twilio says of itself. */
export const health = {
  status: "ok",
  name: "flex-messaging local Twilio",
  version: 1,
  identity: "0123456789abcdef".repeat(2),
};

/** An HTTP server that answers as a test says, and of its health as the local Twilio does. */
export class FakeServer {
  /** What it answers when asked what it is; those requests are not received. */
  health: Reply = { status: 200, body: health };
  readonly received: Received[] = [];
  /** Decides each answer; the default is an empty object. */
  reply: (request: Received) => Reply = () => ({ status: 200, body: {} });
  /** Requests that are being answered, and the most there were at once. */
  open = 0;
  mostOpen = 0;
  connections = 0;
  /** While set, answers wait for it. */
  gate: Promise<void> | undefined;
  readonly #server = http.createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<this> {
    this.#server.on("connection", () => (this.connections += 1));
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received: Received = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    const asked = received.path === "/_emulator/health";
    if (!asked) this.received.push(received);
    const reply = asked ? this.health : this.reply(received);
    await this.gate;
    this.open -= 1;
    if (reply === "drop") response.destroy();
    else if (reply !== "silence") {
      const { status, body, headers } = reply;
      response.writeHead(status, { "Content-Type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body ?? {}));
    }
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll } from "@jest/globals";

/** A request that a webhook made. */
export interface Received {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** The fields of a form in the body. */
  readonly form: Readonly<Record<string, string>>;
}

/** What is answered: JSON, or anything with a status. "hang": nothing at all. */
export type Response =
  | { readonly json: unknown; readonly status?: number }
  | { readonly status: number; readonly text?: string; readonly type?: string }
  | "hang";

export interface Receiver {
  readonly url: string;
  /** Everything received in a test, in order. */
  readonly received: Received[];
  /** Decides on the answers; 204 to everything until set, and again after each test. */
  answer: (received: Received) => Response | Promise<Response>;
}

/** An HTTP server for the tests of a file that takes webhooks. */
export function useReceiver(): Receiver {
  const noContent = (): Response => ({ status: 204 });
  const receiver = { url: "", received: [] as Received[], answer: noContent as Receiver["answer"] };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const { method = "", url = "", headers } = request;
      const form = Object.fromEntries(new URLSearchParams(body));
      const received = { method, path: url, headers, body, form };
      receiver.received.push(received);
      void Promise.resolve(receiver.answer(received)).then((answer) => respond(response, answer));
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    receiver.received.length = 0;
    receiver.answer = noContent;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return receiver;
}

function respond(response: ServerResponse, answer: Response): void {
  if (answer === "hang") return;
  if ("json" in answer) {
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.json));
    return;
  }
  response.writeHead(answer.status, answer.type === undefined ? {} : { "content-type": answer.type });
  response.end(answer.text);
}

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "@jest/globals";
import twilio from "twilio";

/** A request that a handler got. */
export interface Received {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** Whether Twilio's own check takes its signature. */
  readonly isSigned: boolean;
}

export interface HandlerAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
}

/** Somebody's own web server: keeps what it gets, and answers by path; 204 unless told otherwise. */
export function useHandler(authToken = "local-twilio") {
  const received: Received[] = [];
  const answers: Record<string, HandlerAnswer> = {};
  let server: Server | undefined;
  let url = "";
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const path = request.url ?? "/";
        const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
        const signature = String(request.headers["x-twilio-signature"]);
        received.push({
          path,
          form,
          isSigned: twilio.validateRequest(authToken, signature, url + path, form),
        });
        const { status = 204, type = "text/xml", body } = answers[path] ?? {};
        response.writeHead(body === undefined ? status : (answers[path]?.status ?? 200), {
          "content-type": type,
        });
        response.end(body);
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((resolve) => server?.close(() => resolve())));
  return {
    received,
    answers,
    get url() {
      return url;
    },
    /** What it got at a path. */
    at: (path: string) => received.filter((one) => one.path === path),
  };
}

import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { ConnectionError } from "../engine/errors.ts";

// An import would evaluate all that the module has, a whole browser's fetch among it.
const http = process.getBuiltinModule("node:http");
const https = process.getBuiltinModule("node:https");

/** One HTTP request on its way to a server. */
export interface Outgoing {
  method: string;
  /** Where the connection goes. */
  url: URL;
  headers: { readonly [name: string]: string };
  body?: string;
  /** Milliseconds without an answer after which it is given up. */
  timeout: number;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Largest answer that is read, in bytes. */
const maxBody = 32 * 1024 * 1024;

/** Sends requests over connections that are kept open between them. */
export class Exchanger {
  readonly #plain = new http.Agent({ keepAlive: true, scheduling: "fifo" });
  readonly #tls = new https.Agent({ keepAlive: true, scheduling: "fifo" });

  exchange(outgoing: Outgoing): Promise<Answer> {
    const { url, method, headers, body, timeout, signal } = outgoing;
    return new Promise((resolve, reject) => {
      // Once a socket is connected the request may be with the server, whatever happens next.
      let sent = false;
      const secure = url.protocol === "https:";
      const request = (secure ? https : http).request({
        agent: secure ? this.#tls : this.#plain,
        method,
        protocol: url.protocol,
        hostname: url.hostname.replace(/^\[|\]$/g, ""),
        port: url.port,
        path: url.pathname + url.search,
        headers: { ...headers, ...(body !== undefined && { "Content-Length": Buffer.byteLength(body) }) },
        // The Host header names Twilio, the certificate is of whoever answers.
        ...(secure && isIP(url.hostname) === 0 && { servername: url.hostname }),
        timeout,
      });
      const abort = (): void => {
        request.destroy(signal.reason as Error);
      };
      const fail = (error: Error): void => {
        signal.removeEventListener("abort", abort);
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        if (error instanceof ConnectionError) {
          reject(error);
          return;
        }
        const code = (error as NodeJS.ErrnoException).code ?? "UNKNOWN";
        reject(new ConnectionError(error.message || code, { sent, code, cause: error }));
      };
      request.on("socket", (socket) => {
        if (!socket.connecting) sent = true;
        else socket.once(secure ? "secureConnect" : "connect", () => (sent = true));
      });
      request.on("timeout", () => {
        request.destroy(
          new ConnectionError(`no answer within ${timeout / 1000} seconds`, { sent, code: "TIMEOUT" }),
        );
      });
      request.on("error", fail);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxBody) {
            request.destroy(
              new ConnectionError(`the answer is larger than ${maxBody} bytes`, {
                sent: true,
                code: "TOO_LARGE",
              }),
            );
          } else chunks.push(chunk);
        });
        response.on("error", fail);
        response.on("end", () => {
          signal.removeEventListener("abort", abort);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          });
        });
      });
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
      request.end(body);
    });
  }

  /** Closes the idle connections. */
  close(): void {
    this.#plain.destroy();
    this.#tls.destroy();
  }
}

import { request as send } from "node:http";
import { Failure } from "../failure/failure.ts";

/** Where a local Twilio listens, and whose account it is. */
export interface LocalAccount {
  /** `http://127.0.0.1:4100` */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
}

/** User name and password of a request. */
export type Credentials = readonly [username: string, password: string];

/** Twilio's answer that something can't be done. */
export class TwilioRefusal extends Error {
  override readonly name = "TwilioRefusal";
  readonly status: number;
  /** Twilio's error code. */
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface TwilioRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Of the real Twilio, e.g. `https://chat.twilio.com/v2/Services`; or a path of the local Twilio's own. */
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  /** Instead of a form. */
  readonly json?: unknown;
  /** @default those of the account */
  readonly credentials?: Credentials;
}

/** Sends requests to a local Twilio under Twilio's own host names, which `fetch` would not send. */
export class TwilioHttp {
  readonly account: LocalAccount;
  readonly #signal: AbortSignal | undefined;

  /** @param signal breaks off what is under way */
  constructor(account: LocalAccount, signal?: AbortSignal) {
    this.account = account;
    this.#signal = signal;
  }

  /**
   * The answer's JSON, undefined when it is empty.
   *
   * @throws TwilioRefusal for an answer of 400 and above
   * @throws Failure when there is no answer
   */
  async send<T = unknown>({ method, url, form, json, credentials }: TwilioRequest): Promise<T> {
    const { accountSid, authToken } = this.account;
    const target = new URL(url, this.account.url);
    const [username, password] = credentials ?? [accountSid, authToken];
    const content = form === undefined ? json && JSON.stringify(json) : new URLSearchParams(form).toString();
    const body = typeof content === "string" ? content : "";
    const headers = {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      "content-type": form === undefined ? "application/json" : "application/x-www-form-urlencoded",
    };
    const { status, text } = await exchange(new URL(this.account.url), method, target, {
      body,
      headers,
      signal: this.#signal,
    }).catch((error: unknown) => this.#silent(error));
    const answer: unknown = text === "" ? undefined : JSON.parse(text);
    if (status < 400) return answer as T;
    const { code = 0, message = `The local Twilio answered ${status}.` } = (answer ?? {}) as {
      code?: number;
      message?: string;
    };
    throw new TwilioRefusal(status, code, message);
  }

  #silent(error: unknown): never {
    throw new Failure({
      what: `The local Twilio on ${this.account.url} stopped answering.`,
      why: (error as Error).message,
      fix: "Look whether it still runs, start it with npx flex-stack emulator, and try again: it keeps what it acknowledged.",
      cause: error,
    });
  }
}

function exchange(
  endpoint: URL,
  method: string,
  target: URL,
  {
    body,
    headers,
    signal,
  }: { body: string; headers: Record<string, string>; signal: AbortSignal | undefined },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = send(
      {
        hostname: endpoint.hostname.replace(/^\[(.*)\]$/, "$1"),
        port: endpoint.port,
        method,
        path: target.pathname + target.search,
        headers: { ...headers, host: target.host, "content-length": String(Buffer.byteLength(body)) },
        ...(signal && { signal }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

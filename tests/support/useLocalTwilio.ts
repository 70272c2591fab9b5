import { afterAll, beforeAll } from "@jest/globals";
import type twilio from "twilio";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { createConformance } from "../conformance/validator.ts";
import { exchange, LocalHttpClient, localTwilio } from "./localTwilio.ts";

/** A local Twilio for the tests of a file. */
export interface LocalTwilio {
  readonly emulator: Emulator;
  /** The official SDK. */
  readonly client: ReturnType<typeof twilio>;
  /** What the SDK sends through, and a record of it. */
  readonly http: LocalHttpClient;
  /** Sends what the SDK would not; `url` is of the real Twilio, `headers` replace the usual ones (undefined: none). */
  send(method: string, url: string, options?: SendOptions): Promise<Answer>;
  /** Calls one of its own endpoints, `path` below `/_emulator`; the body is sent as JSON. */
  own(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Advances the clock, after all webhooks under way were answered. */
  advance(seconds: number): Promise<void>;
}

export interface SendOptions {
  readonly form?: Readonly<Record<string, string | readonly string[]>>;
  /** A body as it is, instead of a form. */
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, or undefined for an empty body. */
  readonly body: unknown;
}

/**
 * Starts a local Twilio before a file's tests, in memory and on a free port unless told otherwise, and stops it
 * after them. Every exchange is judged by Twilio's OpenAPI documents; a violation fails the file.
 */
export function useLocalTwilio(options: EmulatorOptions & { judge?: boolean } = {}): LocalTwilio {
  const { judge = true, ...rest } = options;
  const conformance = createConformance();
  const started: { emulator?: Emulator; http?: LocalHttpClient; client?: LocalTwilio["client"] } = {};
  const get = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("The local Twilio is only there while tests run");
    return value;
  };
  beforeAll(async () => {
    const emulator = await startEmulator({
      file: ":memory:",
      port: 0,
      onExchange: conformance.onExchange,
      onError: (error) => {
        throw error;
      },
      ...rest,
    });
    const http = new LocalHttpClient(emulator.url);
    Object.assign(started, { emulator, http, client: localTwilio(emulator, http) });
  });
  afterAll(async () => {
    await started.emulator?.close();
    if (judge) conformance.assertConforms();
  });
  const own: LocalTwilio["own"] = (method, path, body) =>
    sendTo(get(started.emulator).url, get(started.emulator), method, `https://localhost/_emulator${path}`, {
      headers: { "content-type": body === undefined ? undefined : "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    get emulator() {
      return get(started.emulator);
    },
    get client() {
      return get(started.client);
    },
    get http() {
      return get(started.http);
    },
    send(method, url, sending = {}) {
      const { url: endpoint, accountSid, authToken } = get(started.emulator);
      return sendTo(endpoint, { accountSid, authToken }, method, url, sending);
    },
    own,
    async advance(seconds) {
      const { status, body } = await own("POST", "/clock", { advance: seconds });
      if (status !== 200) throw new Error(`The clock was not advanced: ${JSON.stringify(body)}`);
    },
  };
}

async function sendTo(
  endpoint: string,
  { accountSid, authToken }: { accountSid: string; authToken: string },
  method: string,
  url: string,
  { form, body, headers }: SendOptions,
): Promise<Answer> {
  const { host, pathAndQuery } = split(url);
  const all = {
    host,
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`,
    "content-type":
      form === undefined && body === undefined ? undefined : "application/x-www-form-urlencoded",
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const answer = await exchange(
    new URL(endpoint),
    method,
    pathAndQuery,
    Object.fromEntries(given),
    body ?? (form === undefined ? "" : encode(form)),
  );
  return {
    status: answer.status,
    headers: answer.headers,
    body: answer.body === "" ? undefined : (JSON.parse(answer.body) as unknown),
  };
}

/** Splits without normalising: tests send paths that `URL` would repair. */
function split(url: string): { host: string; pathAndQuery: string } {
  const [, host = "", pathAndQuery = ""] = /^https:\/\/([^/]+)(.*)$/s.exec(url) ?? [];
  return { host, pathAndQuery: pathAndQuery === "" ? "/" : pathAndQuery };
}

function encode(form: NonNullable<SendOptions["form"]>): string {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const item of typeof value === "string" ? [value] : value) encoded.append(name, item);
  }
  return encoded.toString();
}

import { request as send } from "node:http";
import twilio from "twilio";

type HttpClient = NonNullable<NonNullable<Parameters<typeof twilio>[2]>["httpClient"]>;
type RequestOptions = Parameters<HttpClient["request"]>[0];
type Response = Awaited<ReturnType<HttpClient["request"]>>;

/** What the SDK is told to send, and what came back. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Sends what the official SDK sends to a local Twilio, with the real Host and path. */
export class LocalHttpClient {
  readonly #endpoint: URL;
  /** Every request so far, for assertions on what was sent. */
  readonly sent: Sent[] = [];

  constructor(endpoint: string) {
    this.#endpoint = new URL(endpoint);
  }

  async request(options: RequestOptions): Promise<Response> {
    const target = new URL(options.uri);
    for (const [name, value] of Object.entries((options.params ?? {}) as Record<string, unknown>))
      append(target.searchParams, name, value);
    const headers: Record<string, string> = {
      ...options.headers,
      host: target.host,
    };
    if (options.username !== undefined) {
      headers["authorization"] =
        `Basic ${Buffer.from(`${options.username}:${options.password ?? ""}`).toString("base64")}`;
    }
    const body = bodyOf(options, headers);
    const answer = await exchange(this.#endpoint, options.method, target, headers, body);
    this.sent.push({
      method: options.method,
      url: target.href,
      status: answer.status,
      headers: answer.headers,
    });
    const parsed: unknown = answer.body === "" ? "" : JSON.parse(answer.body);
    return { statusCode: answer.status, body: parsed, headers: answer.headers };
  }
}

/** A client of the official SDK that talks to a local Twilio, as its account or with an API key. */
export function localTwilio(
  emulator: { url: string; accountSid: string; authToken: string },
  http = new LocalHttpClient(emulator.url),
  apiKey?: { sid: string; secret: string },
): ReturnType<typeof twilio> {
  const { accountSid, authToken } = emulator;
  const options = { httpClient: http as unknown as HttpClient, accountSid };
  return apiKey === undefined
    ? twilio(accountSid, authToken, options)
    : twilio(apiKey.sid, apiKey.secret, options);
}

function bodyOf({ data, headers: given }: RequestOptions, headers: Record<string, string>): string {
  if (data === undefined || data === null) return "";
  const type = String(given?.["Content-Type"] ?? "");
  if (type.includes("json")) return JSON.stringify(data);
  headers["Content-Type"] = "application/x-www-form-urlencoded";
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data as Record<string, unknown>)) append(form, name, value);
  return form.toString();
}

function append(form: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined) return;
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
    form.append(name, item === null ? "" : String(item));
}

/** One plain HTTP request with any Host, which `fetch` would not send. */
export function exchange(
  endpoint: URL,
  method: string,
  target: URL | string,
  headers: Record<string, string>,
  body: string | Buffer = "",
): Promise<{ status: number; headers: Sent["headers"]; body: string }> {
  return new Promise((resolve, reject) => {
    const path = typeof target === "string" ? target : target.pathname + target.search;
    const { hostname, port } = endpoint;
    const length = body.length === 0 ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = send({ hostname, port, method, path, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

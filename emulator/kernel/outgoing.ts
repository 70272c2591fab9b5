import { createHash } from "node:crypto";
import { type FormFields, signature } from "./signature.ts";
import type { Answer, Webhook } from "./webhook.ts";

/** Largest answer that is read, in characters. */
const maxAnswer = 65_536;

export interface SendOptions {
  readonly authToken: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Breaks the request off. */
  readonly signal: AbortSignal;
}

/** Sends a webhook once. Never throws: what went wrong is the answer. */
export async function sendRequest(webhook: Webhook, options: SendOptions): Promise<Answer> {
  const { method, form, body, content_type: contentType } = webhook;
  const isGet = method === "GET";
  try {
    const url = new URL(webhook.url);
    url.hash = "";
    if (isGet) addToQuery(url, pairs(form ?? {}));
    const signed = isGet ? {} : (form ?? fieldsOf(body, contentType));
    // What is signed is the URL: a body that is no form is in it by its digest.
    if (webhook.is_signed && signed === undefined) addToQuery(url, [["bodySHA256", digest(body)]]);
    const headers: Record<string, string> = { "user-agent": "TwilioProxy/1.1", accept: "*/*" };
    if (!isGet) headers["content-type"] = contentType;
    if (webhook.is_signed) {
      headers["x-twilio-signature"] = signature(options.authToken, url.href, signed ?? {});
    }
    moveCredentials(url, headers);
    const response = await fetch(url, {
      method,
      headers,
      ...(!isGet && { body: form === null ? body : new URLSearchParams(pairs(form)).toString() }),
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeout)]),
    });
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      ...serverOf(response),
      ...(await readBody(response)),
    };
  } catch (error) {
    return { status: 0, contentType: "", body: "", failure: reasonOf(error, options.timeout) };
  }
}

function serverOf({ headers }: Response): Pick<Answer, "server"> {
  const server = headers.get("server");
  return server === null ? {} : { server };
}

/** An answer as far as it is read. */
async function readBody(response: Response): Promise<Pick<Answer, "body" | "isTooLong">> {
  const text = await response.text();
  return text.length > maxAnswer ? { body: text.slice(0, maxAnswer), isTooLong: true } : { body: text };
}

/** Adds to a query and leaves what it is as it is written. */
function addToQuery(url: URL, added: [string, string][]): void {
  if (added.length === 0) return;
  url.search = `${url.search}${url.search === "" ? "?" : "&"}${new URLSearchParams(added).toString()}`;
}

/** The fields of a body that is a form; nothing of any other. */
function fieldsOf(body: string, contentType: string): FormFields | undefined {
  if (!contentType.toLowerCase().startsWith("application/x-www-form-urlencoded")) return undefined;
  const given = new URLSearchParams(body);
  return Object.fromEntries([...given.keys()].map((name) => [name, given.getAll(name)]));
}

function digest(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}

function pairs(form: FormFields): [string, string][] {
  return Object.entries(form).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((each): [string, string] => [name, each]),
  );
}

/** A name and password in the URL travel in a header. */
function moveCredentials(url: URL, headers: Record<string, string>): void {
  if (url.username === "" && url.password === "") return;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  headers["authorization"] = `Basic ${Buffer.from(credentials).toString("base64")}`;
  url.username = url.password = "";
}

function reasonOf(error: unknown, timeout: number): string {
  const { name, cause, message } = error as Error & { cause?: Error & { code?: string } };
  if (name === "TimeoutError") return `no answer within ${timeout} ms`;
  return cause?.code ?? cause?.message ?? message;
}

import type { Context } from "./context.ts";
import { type Document, kind } from "./document.ts";
import type { JsonObject } from "./json.ts";
import { resource } from "./resource.ts";
import type { FormFields } from "./signature.ts";

/** How long a finished webhook is remembered. */
const keptFor = 30 * 24 * 60 * 60 * 1000;

/** Twilio waits so long for most answers, in milliseconds. */
const usualTimeout = 5_000;

/** Studio's requests may also change and delete. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** A request to a URL of the account's own. */
export interface Webhook {
  url: string;
  method: Method;
  /** Form fields: in the query of a GET, else in the body. Null when `body` is what is sent. */
  form: Record<string, string | string[]> | null;
  body: string;
  content_type: string;
  /** Milliseconds until no answer counts as none. */
  timeout: number;
  /** How often it is sent again after a timeout, 429, 503 or 504. */
  retries: number;
  is_signed: boolean;
  /** What the answer is for: the name under which a product has `answers`. */
  purpose: string;
  /** What that needs to know. */
  data: JsonObject;
  status: "queued" | "answered" | "failed";
  attempts: Attempt[];
  /** What was wrong with the answer, in the code of Twilio's debugger. */
  problem: WebhookProblem | null;
}

/** One time that it was sent. */
export interface Attempt {
  /** Milliseconds since 1970, of the emulated clock. */
  at: number;
  /** HTTP status, or 0 when nothing came back. */
  status: number;
  /** Why nothing came back. */
  failure: string | null;
}

export interface WebhookProblem {
  code: number;
  message: string;
}

/** What came back last. */
export interface Answer {
  /** 0: nothing. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** What answered, as it calls itself. @default it does not say */
  readonly server?: string;
  /** Whether there was more of the body than is read. @default false */
  readonly isTooLong?: boolean;
  /** Why nothing came back, for people. */
  readonly failure?: string;
}

/** Does what an answer asks for, in a transaction; returns what was wrong with it, if anything. */
export type OnAnswer = (
  context: Context,
  webhook: Document<Webhook>,
  answer: Answer,
) => WebhookProblem | undefined | void;

/**
 * Webhooks are stored in the transaction that they tell of, and sent after it. One that was not finished when the process
 * ended is sent when the file is opened again: its receiver may see it twice, never not at all.
 */
export const webhook = kind<Webhook>("kernel.Webhook");

export const webhookResource = resource(webhook, {
  prefix: "NO",
  path: "",
  listKey: "webhooks",
  operations: [],
  indexed: ["status"],
  due: ({ fields, updated }) => (fields.status === "queued" ? undefined : updated + keptFor),
  onDue: (document, context) => context.of(webhook).remove(document),
});

export interface NewWebhook {
  readonly url: string;
  readonly purpose: string;
  readonly data?: JsonObject;
  /** @default "POST" */
  readonly method?: Method;
  /** @default no fields */
  readonly form?: FormFields;
  /** Sent as it is instead of a form. */
  readonly body?: { readonly text: string; readonly contentType: string };
  /** Milliseconds. @default 5000 */
  readonly timeout?: number;
  /** @default 0 */
  readonly retries?: number;
  /** Whether it carries `X-Twilio-Signature`. @default true */
  readonly signed?: boolean;
}

/** Has a request sent once the transaction is durable. */
export function sendWebhook(context: Context, given: NewWebhook): Document<Webhook> {
  const { url, purpose, data = {}, method = "POST", form = {}, body, timeout = usualTimeout } = given;
  return context.of(webhook).insert(context.accountSid, {
    url,
    method,
    form: body === undefined ? copy(form) : null,
    body: body?.text ?? "",
    content_type: body?.contentType ?? "application/x-www-form-urlencoded; charset=utf-8",
    timeout,
    retries: given.retries ?? 0,
    is_signed: given.signed ?? true,
    purpose,
    data,
    status: "queued",
    attempts: [],
    problem: null,
  });
}

function copy(form: FormFields): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}

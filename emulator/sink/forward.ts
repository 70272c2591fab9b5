import type { IncomingHttpHeaders } from "node:http";

/** Milliseconds that a program has to answer: longer than Twilio waits, so that who asked gives up first. */
const patience = 20_000;

/** As much of an answer as is passed back, in bytes. */
const largestAnswer = 1024 * 1024;

/** Headers that say what a request holds and who sends it; what else there is belongs to the connection. */
const passed: readonly string[] = [
  "accept",
  "authorization",
  "content-type",
  "i-twilio-idempotency-token",
  "user-agent",
  "x-twilio-signature",
];

export interface Forwarded {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A request to be passed on. */
export interface Forwarding {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Passes a request on to a program. Its signature stays that of the URL that the account has, which `X-Forwarded-Host` and
 * `X-Forwarded-Proto` tell.
 *
 * @param to Where the program is; the request's path follows its own
 * @returns the program's answer; 502, with why, where there is none
 */
export async function forward(to: URL, { method, path, headers, body }: Forwarding): Promise<Forwarded> {
  const own = passed.flatMap((name) => (typeof headers[name] === "string" ? [[name, headers[name]]] : []));
  try {
    const answer = await fetch(`${to.origin}${to.pathname.replace(/\/$/, "")}${path}`, {
      method,
      headers: {
        ...(Object.fromEntries(own) as Record<string, string>),
        "x-forwarded-host": headers.host ?? "",
        "x-forwarded-proto": "http",
      },
      ...(["GET", "HEAD"].includes(method) ? {} : { body }),
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
    });
    const text = await answer.text();
    if (Buffer.byteLength(text) > largestAnswer) return unanswered(to, "its answer is larger than 1 MB");
    return { status: answer.status, contentType: answer.headers.get("content-type") ?? "", body: text };
  } catch (error) {
    return unanswered(to, whyNot(error as Error));
  }
}

function unanswered(to: URL, why: string): Forwarded {
  return { status: 502, contentType: "text/plain", body: `${to.host} gave no answer: ${why}` };
}

function whyNot({ name, message, cause }: Error): string {
  if (name === "TimeoutError") return `it took longer than ${patience / 1000} seconds`;
  return cause instanceof Error && cause.message !== "" ? cause.message : message;
}

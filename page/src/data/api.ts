/** An answer that something can't be done, in Twilio's words. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  /** Twilio's error code; 0 where there is none. */
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** How a request to the public API is made. */
export interface ApiOptions {
  /** Of the body, or of the query of a GET. */
  readonly form?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  /** The identity of an agent as whom it is asked, as Flex UI does. @default the account */
  readonly as?: string;
}

/**
 * Asks Twilio's public API, by the local Twilio's gateway, which puts Host and credentials in.
 *
 * @param at host and path: `taskrouter.twilio.com/v1/Workspaces`
 * @throws Refusal
 */
export function twilio<T>(
  method: "GET" | "POST" | "DELETE",
  at: string,
  { form, json, as }: ApiOptions = {},
): Promise<T> {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(form ?? {}))
    for (const one of typeof value === "string" ? [value] : value) fields.append(name, one);
  const query = method === "GET" && fields.size > 0 ? `${at.includes("?") ? "&" : "?"}${fields}` : "";
  const body = method !== "POST" ? undefined : json === undefined ? fields.toString() : JSON.stringify(json);
  return send<T>(method, `/_emulator/api/${at}${query}`, {
    body,
    headers: {
      ...(body !== undefined && {
        "content-type": json === undefined ? "application/x-www-form-urlencoded" : "application/json",
        // People act on this page, and webhooks are told of what people do.
        "x-twilio-webhook-enabled": "true",
      }),
      ...(as !== undefined && { "x-emulator-as": encodeURIComponent(as) }),
    },
  });
}

/** Asks an endpoint of the local Twilio's own. @param path below `/_emulator` @throws Refusal */
export function own<T>(method: "GET" | "POST" | "DELETE", path: string, json?: unknown): Promise<T> {
  const body = json === undefined ? undefined : JSON.stringify(json);
  return send<T>(method, `/_emulator${path}`, {
    body,
    headers: body === undefined ? {} : { "content-type": "application/json" },
  });
}

async function send<T>(
  method: string,
  url: string,
  { body, headers }: { body: string | undefined; headers: Record<string, string> },
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  } catch {
    throw new Refusal(0, 0, "The local Twilio does not answer. It may have been stopped.");
  }
  const text = await response.text();
  const answer = parsed(text);
  if (response.ok) return answer as T;
  const { message, code } = (answer ?? {}) as { message?: string; code?: number };
  throw new Refusal(response.status, code ?? 0, message ?? `It was answered ${response.status}`);
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { type Method, sendWebhook } from "../../kernel/webhook.ts";
import { property, type State } from "./definition.ts";
import { formOf } from "./parameters.ts";
import { filled, flawOfJson, type Run, tell, type Widget } from "./widget.ts";

/** Studio waits so many milliseconds for URLs and functions. */
const timeout = 10_000;

/** What the answers of these requests are for. */
export const studioAnswer = "studioStep";

/** Calls a URL, or a function, and waits for what it answers. The request is signed, as all that Twilio sends. */
export const callUrl: Widget = (run, state) => {
  const isFunction = state.type === "run-function";
  const url = filled(run, state, "url").trim();
  const failure = isFunction ? "fail" : "failed";
  const failed = (code: number, text: string): ReturnType<Widget> => ({
    outcome: { event: failure, error: { code, text } },
  });
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    // A URL that its variables make none of: https://www.twilio.com/docs/api/errors/81014
    return failed(isFunction ? 81010 : 81014, `${JSON.stringify(url)} is no URL to call`);
  if (!isFunction && property(state, "add_twilio_auth") === "true") return failed(81014, authText(url));
  const method = isFunction ? "POST" : methodOf(property(state, "method"));
  const form = formOf(run, state, "parameters");
  const content = isFunction || method === "GET" ? undefined : contentOf(run, state);
  sendWebhook(run.context, {
    // What does not go into the body are parameters of the URL, as Twilio calls them.
    url: content === undefined ? url : withQuery(url, form),
    method,
    ...(content === undefined ? { form } : { body: content }),
    timeout,
    purpose: studioAnswer,
    data: {
      executionSid: run.document.sid,
      turn: run.fields.turn,
      failure,
      code: isFunction ? 81017 : 81016,
    },
  });
  return { outcome: { wait: "call" } };
};

/** Twilio takes the way of a failure without a request when the URL is not its own, and would send credentials there. */
function authText(url: string): string {
  return /^https:\/\/([^/?#@]*\.)?twilio\.com([:/?#]|$)/i.test(url)
    ? `Authenticate With Twilio: the local Twilio sends no credentials to ${url}`
    : `Authenticate With Twilio is for Twilio's APIs only, and ${url} is none`;
}

/** What is sent as it stands; nothing when the parameters are the form that is sent. */
function contentOf(run: Run, state: State): { text: string; contentType: string } | undefined {
  const text = filled(run, state, "body");
  const contentType = property(state, "content_type") || "application/json;charset=utf-8";
  const isJson = /\bjson\b/i.test(contentType);
  if (text === "" && !isJson) return undefined;
  const flaw = text !== "" && isJson ? flawOfJson(run, state, "body", text) : undefined;
  if (flaw !== undefined) tell(run, `the body of its request is no JSON: ${flaw}`);
  return { text, contentType };
}

function withQuery(url: string, form: ReturnType<typeof formOf>): string {
  const query = Object.entries(form).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  if (query.length === 0) return url;
  const [address = "", hash] = url.split("#", 2);
  const joint = address.includes("?") ? "&" : "?";
  return `${address}${joint}${new URLSearchParams(query).toString()}${hash === undefined ? "" : `#${hash}`}`;
}

function methodOf(given: string): Method {
  return (["POST", "PUT", "DELETE"] as const).find((method) => method === given.toUpperCase()) ?? "GET";
}

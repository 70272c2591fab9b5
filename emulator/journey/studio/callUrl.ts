import { type Method, sendWebhook } from "../../kernel/webhook.ts";
import { pairs, property } from "./definition.ts";
import { fill } from "./template.ts";
import { filled, type Widget } from "./widget.ts";

/** Studio waits so many milliseconds for URLs and functions. */
const timeout = 10_000;

/** What the answers of these requests are for. */
export const studioAnswer = "studioStep";

/** Calls a URL, or a function, and waits for what it answers. */
export const callUrl: Widget = (run, state) => {
  const isFunction = state.type === "run-function";
  const url = filled(run, state, "url");
  const failure = isFunction ? "fail" : "failed";
  const code = isFunction ? 81017 : 81016;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    return { outcome: { event: failure, error: { code, text: `${JSON.stringify(url)} is no URL to call` } } };
  const form = Object.fromEntries(
    pairs(state, "parameters").map(([key, value]) => [key, fill(value, run.fields.flow_context)]),
  );
  const body = filled(run, state, "body");
  const contentType = property(state, "content_type") || "application/json;charset=utf-8";
  sendWebhook(run.context, {
    url,
    method: isFunction ? "POST" : methodOf(property(state, "method")),
    ...(body === "" ? { form } : { body: { text: body, contentType } }),
    timeout,
    signed: isFunction,
    purpose: studioAnswer,
    data: { executionSid: run.document.sid, turn: run.fields.turn, failure, code },
  });
  return { outcome: { wait: "call" } };
};

function methodOf(given: string): Method {
  return (["POST", "PUT", "DELETE"] as const).find((method) => method === given.toUpperCase()) ?? "GET";
}

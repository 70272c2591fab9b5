import type { Context } from "../../kernel/context.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { Document } from "../../kernel/resource.ts";
import { type Answer, type Method, sendWebhook, type Webhook } from "../../kernel/webhook.ts";
import { execution } from "../../products/studio/execution.ts";
import { pairs, property } from "./definition.ts";
import { goOn } from "./run.ts";
import { fill } from "./template.ts";
import { filled, type Widget } from "./widgets.ts";

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

/** Goes on with the execution that waited for an answer. Answers of 400 and above are failures. */
export function onStudioAnswer(
  context: Context,
  { fields: { data, url } }: Document<Webhook>,
  answer: Answer,
): void {
  const found = context.of(execution).get(String(data["executionSid"]));
  if (found === undefined || found.fields.waiting !== "call" || found.fields.turn !== data["turn"]) return;
  const parsed = parse(answer);
  const variables: JsonObject = {
    status_code: answer.status,
    content_type: answer.contentType,
    body: answer.body,
    ...(parsed === undefined ? {} : { parsed }),
  };
  const isBroken = parsed === undefined && isJson(answer);
  const isSuccess = answer.status >= 200 && answer.status < 400 && !isBroken;
  const said = answer.failure ?? `it answered ${answer.status}${isBroken ? " with JSON that is none" : ""}`;
  const error = { code: Number(data["code"]), text: `${url} failed: ${said}` };
  const outcome = isSuccess ? { event: "success" } : { event: String(data["failure"]), error };
  goOn(context, found, outcome, variables);
}

function isJson({ contentType, body }: Answer): boolean {
  return contentType.includes("json") && body !== "";
}

function parse(answer: Answer): Json | undefined {
  if (!isJson(answer)) return undefined;
  try {
    return JSON.parse(answer.body) as Json;
  } catch {
    return undefined;
  }
}

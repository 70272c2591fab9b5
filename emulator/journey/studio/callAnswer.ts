import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { Answer, Webhook } from "../../kernel/webhook.ts";
import { execution } from "../../products/studio/kinds.ts";
import type { Flows } from "./run.ts";

/** Goes on with the execution that waited for an answer. Answers of 400 and above are failures. */
export function onStudioAnswer(
  flows: Flows,
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
  flows.goOn(context, found, outcome, variables);
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

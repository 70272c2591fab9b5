import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import type { Answer, Webhook } from "../../kernel/webhook.ts";
import { type Execution, execution } from "../../products/studio/kinds.ts";
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
    ...(isJsonObject(parsed) ? { parsed: { ...parsedBefore(found.fields), ...parsed } } : {}),
  };
  const flaw = flawOf(answer, parsed);
  const isSuccess = answer.status >= 200 && answer.status < 400 && flaw === "";
  const said = answer.failure ?? `it answered ${answer.status}${flaw}`;
  const error = { code: Number(data["code"]), text: `${url} failed: ${said}` };
  const outcome = isSuccess ? { event: "success" } : { event: String(data["failure"]), error };
  flows.goOn(context, found, outcome, variables);
}

/** What is wrong with the body of an answer, if anything. */
function flawOf(answer: Answer, parsed: Json | undefined): string {
  if (answer.isTooLong === true) return " with more than 64 kB";
  return parsed === undefined && isJson(answer) ? " with JSON that is none" : "";
}

/**
 * What an earlier answer to the same state left. New members are added to it, and an answer that is no JSON leaves it:
 * https://www.twilio.com/docs/studio/widget-library/run-function ("Behavior when running … multiple times").
 */
function parsedBefore({ state, flow_context }: Execution): JsonObject {
  const widgets = flow_context["widgets"] as { [name: string]: { parsed?: Json } } | undefined;
  const before = widgets?.[state ?? ""]?.parsed;
  return isJsonObject(before) ? before : {};
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

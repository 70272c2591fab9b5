import type { Context } from "../../kernel/context.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Document } from "../../kernel/resource.ts";
import { execution, type Execution } from "../../products/studio/execution.ts";
import { goOn } from "./run.ts";

/** Gives a message to an execution that waits for one, or whose subflow does; whether there was one. */
export function answerReply(context: Context, active: Document<Execution>, inbound: JsonObject): boolean {
  const { waiting, flow_context: seen, state } = active.fields;
  if (waiting === "reply") {
    goOn(context, active, { event: "incomingMessage" }, { inbound });
    return true;
  }
  if (waiting !== "subflow" || state === null) return false;
  const childSid = (seen["widgets"] as Record<string, JsonObject>)[state]?.["sid"];
  const child = context.of(execution).get(String(childSid));
  return child !== undefined && child.fields.status === "active" && answerReply(context, child, inbound);
}

import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type Execution, execution } from "../../products/studio/kinds.ts";
import type { Flows } from "./run.ts";
import { subflowOf } from "./subflow.ts";

/** Gives a message to an execution that waits for one, or whose subflow does; whether there was one. */
export function answerReply(
  flows: Flows,
  context: Context,
  active: Document<Execution>,
  inbound: JsonObject,
): boolean {
  const { waiting } = active.fields;
  if (waiting === "reply") {
    flows.goOn(context, active, { event: "incomingMessage" }, { inbound });
    return true;
  }
  if (waiting !== "subflow") return false;
  const child = context.of(execution).get(subflowOf(active.fields));
  return (
    child !== undefined && child.fields.status === "active" && answerReply(flows, context, child, inbound)
  );
}

import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { endExecution } from "../../products/studio/execution.ts";
import { type Execution, execution } from "../../products/studio/kinds.ts";
import type { Flows } from "./run.ts";
import { subflowOf } from "./subflow.ts";

/**
 * Goes on where an execution ran as a subflow, with what it set in `flow.variables`; ends what ran as a subflow of it.
 * `was` is the execution before it was over.
 */
export function onExecutionOver(
  flows: Flows,
  context: Context,
  was: Document<Execution>,
  over: Execution,
): void {
  const executions = context.of(execution);
  if (was.fields.waiting === "subflow") {
    const running = executions.get(subflowOf(was.fields));
    if (running !== undefined) endExecution(context, running);
  }
  const { parent_execution_sid: parentSid, flow_context, is_complete: isComplete } = over;
  const parent = parentSid === null ? undefined : executions.get(parentSid);
  if (parent?.fields.waiting !== "subflow" || subflowOf(parent.fields) !== was.sid) return;
  const { variables = {} } = (flow_context["flow"] ?? {}) as { variables?: JsonObject };
  const failure = { code: 81024, text: `subflow execution ${was.sid} did not come to its end` };
  flows.goOn(context, parent, isComplete ? { event: "completed" } : { event: "failed", error: failure }, {
    ...variables,
    sid: was.sid,
  });
}

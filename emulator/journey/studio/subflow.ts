import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/resource.ts";
import { endExecution, execution, type Execution, newExecution } from "../../products/studio/execution.ts";
import { pairs } from "./definition.ts";
import { goOn } from "./run.ts";
import { fill } from "./template.ts";
import { filled, type Widget } from "./widgets.ts";

/** Runs another flow in between. It shares the contact and the channel, and can't run a flow itself. */
export const runSubflow: Widget = (run, state) => {
  const { context, fields, document } = run;
  if (fields.parent_execution_sid !== null)
    return { outcome: { event: "failed", error: { code: 81024, text: "a subflow can't run a subflow" } } };
  const parameters: JsonObject = Object.fromEntries(
    pairs(state, "parameters").map(([key, value]) => [key, fill(value, fields.flow_context)]),
  );
  const flowSid = filled(run, state, "flow_sid");
  try {
    const child = newExecution(context, flowSid, {
      contact: fields.contact_channel_address,
      flowAddress: fields.flow_address,
      trigger: { event: "incomingParent", data: { ...fields.trigger.data, parent: { parameters } } },
      revision: filled(run, state, "flow_revision"),
      parentExecutionSid: document.sid,
      ...(fields.channel_sid === null ? {} : { channelSid: fields.channel_sid }),
    });
    const created = context.of(execution).insert(flowSid, child);
    return { outcome: { wait: "subflow" }, variables: { sid: created.sid } };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    return { outcome: { event: "failed", error: { code: 81024, text: error.message } } };
  }
};

/**
 * Goes on where an execution ran as a subflow, with what it set in `flow.variables`; ends what ran as a subflow of it.
 * `was` is the execution before it was over.
 */
export function onExecutionOver(context: Context, was: Document<Execution>, over: Execution): void {
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
  goOn(context, parent, isComplete ? { event: "completed" } : { event: "failed", error: failure }, {
    ...variables,
    sid: was.sid,
  });
}

/** The execution that a state which runs a subflow waits for. */
export function subflowOf({ flow_context, state }: Execution): string {
  const seen = flow_context["widgets"] as JsonObject | undefined;
  const { sid } = (seen?.[state ?? ""] ?? {}) as { sid?: string };
  return sid ?? "";
}

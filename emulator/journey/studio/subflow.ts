import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { newExecution } from "../../products/studio/execution.ts";
import { execution, type Execution } from "../../products/studio/kinds.ts";
import { dataOf } from "./parameters.ts";
import { filled, type Widget } from "./widget.ts";

/** Runs another flow in between. It shares the contact and the channel, and can't run a flow itself. */
export const runSubflow: Widget = (run, state) => {
  const { context, fields, document } = run;
  if (fields.parent_execution_sid !== null)
    return { outcome: { event: "failed", error: { code: 81024, text: "a subflow can't run a subflow" } } };
  const parameters = dataOf(run, state, "parameters");
  const flowSid = filled(run, state, "flow_sid");
  try {
    const child = newExecution(context, flowSid, {
      contact: fields.contact_channel_address,
      flowAddress: fields.flow_address,
      trigger: { event: "incomingParent", data: { ...fields.trigger.data, parent: { parameters } } },
      initiatedBy: document.sid,
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

/** The execution that a state which runs a subflow waits for. */
export function subflowOf({ flow_context, state }: Execution): string {
  const seen = flow_context["widgets"] as JsonObject | undefined;
  const { sid } = (seen?.[state ?? ""] ?? {}) as { sid?: string };
  return sid ?? "";
}

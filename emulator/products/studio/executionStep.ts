import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { findDocument } from "../../kernel/crud.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { execution, type Execution } from "./execution.ts";

/** A transition of an execution: what happened in a state, and where that led. */
export interface ExecutionStep {
  /** The event, e.g. `incomingMessage`. */
  name: string;
  /** Type of the state that was left. */
  type: string;
  transitioned_from: string;
  transitioned_to: string | null;
  parent_step_sid: string | null;
  /** Twilio answers it empty; the Context resource tells it. */
  context: JsonObject;
  step_context: JsonObject;
}

export const executionStep: Resource<ExecutionStep> = resource<ExecutionStep>({
  kind: "studio.ExecutionStep",
  prefix: "FT",
  path: "/v2/Flows/{FlowSid}/Executions/{ExecutionSid}/Steps",
  parent: () => execution,
  listKey: "steps",
  operations: ["fetch", "list"],
  newestFirst: true,
  hidden: ["step_context"],
  links: { step_context: "/Context" },
});

/** Records a transition. */
export function addStep(
  context: Context,
  { sid, fields }: Document<Execution>,
  step: { event: string; type: string; from: string; to: string | null },
): void {
  context.of(executionStep).insert(sid, {
    name: step.event,
    type: step.type,
    transitioned_from: step.from,
    transitioned_to: step.to,
    parent_step_sid: null,
    context: {},
    step_context: fields.flow_context,
  });
}

/** Answers the context of a step: what templates saw when it was over. */
export function fetchStepContext(request: RequestContext): Reply {
  const found = findDocument(request, executionStep);
  const flowSid = request.context.of(execution).get(found.parentSid)?.parentSid ?? "";
  return {
    status: 200,
    body: {
      account_sid: found.accountSid,
      flow_sid: flowSid,
      execution_sid: found.parentSid,
      step_sid: found.sid,
      context: found.fields.step_context,
      url: `${request.origin}/v2/Flows/${flowSid}/Executions/${found.parentSid}/Steps/${found.sid}/Context`,
    },
  };
}

import type { Context } from "../../kernel/context.ts";
import { findDocument } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { executionResource } from "./execution.ts";
import { type Execution, execution, executionStep } from "./kinds.ts";

export const executionStepResource = resource(executionStep, {
  prefix: "FT",
  path: "/v2/Flows/{FlowSid}/Executions/{ExecutionSid}/Steps",
  parent: executionResource,
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
  const found = findDocument(request, executionStepResource);
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

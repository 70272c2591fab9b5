import type { Context } from "../kernel/context.ts";
import type { Document } from "../kernel/document.ts";
import { notFound } from "../kernel/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../kernel/json.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OwnEndpoint } from "../kernel/ownEndpoints.ts";
import {
  type Execution,
  execution,
  type ExecutionStep,
  executionStep,
  flow,
} from "../products/studio/kinds.ts";

/** Steps that are told of; a flow that goes in a circle makes many. */
const most = 200;

/**
 * `GET /_emulator/executions/{SID}`: a Studio execution whose flow one does not know, step by step with what each step made of
 * the variables.
 */
export function executionEndpoint(kernel: Kernel, accountSid: string): OwnEndpoint {
  return {
    method: "GET",
    path: "/executions/:sid",
    handle({ parameters: { sid = "" } }) {
      kernel.catchUp();
      return kernel.transaction(accountSid, (context) => {
        const found = context.of(execution).get(sid);
        if (found === undefined) throw notFound(`/_emulator/executions/${sid}`);
        return describe(context, found);
      });
    },
  };
}

function describe(context: Context, { sid, parentSid, created, fields }: Document<Execution>): object {
  const newest: Document<ExecutionStep>[] = [];
  for (const step of context.of(executionStep).scan({ parent: sid, descending: true })) {
    if (newest.length >= most) break;
    newest.push(step);
  }
  let before: JsonObject = {};
  const steps = newest.reverse().map((step) => {
    const told = stepOf(step, before);
    before = step.fields.step_context;
    return told;
  });
  return {
    sid,
    flow: { sid: parentSid, name: context.of(flow).get(parentSid)?.fields.friendly_name ?? null },
    created: new Date(created).toISOString(),
    status: fields.status,
    state: fields.state,
    waiting: fields.waiting,
    until: fields.until === null ? null : new Date(fields.until).toISOString(),
    contact: fields.contact_channel_address,
    steps,
    context: fields.flow_context,
  };
}

function stepOf({ sid, created, fields }: Document<ExecutionStep>, before: JsonObject): object {
  const { name, type, transitioned_from: from, transitioned_to: to, step_context: after } = fields;
  return {
    sid,
    time: new Date(created).toISOString(),
    event: name,
    type,
    from,
    to,
    changed: changed(before, after),
  };
}

/** What a step made of the variables: those that it made or changed, by `flow.variables.x` and `widgets.name`. */
function changed(before: JsonObject, after: JsonObject): JsonObject {
  const [earlier, later] = [leavesOf(before), leavesOf(after)];
  return Object.fromEntries(
    Object.entries(later).filter(([path, value]) => JSON.stringify(earlier[path]) !== JSON.stringify(value)),
  );
}

function leavesOf(context: JsonObject): Record<string, Json> {
  const leaves: Record<string, Json> = {};
  const { flow: own, ...parts } = context;
  for (const [part, values] of Object.entries(parts)) {
    if (!isJsonObject(values)) leaves[part] = values;
    else for (const [name, value] of Object.entries(values)) leaves[`${part}.${name}`] = value;
  }
  const variables = isJsonObject(own) ? own["variables"] : undefined;
  if (isJsonObject(variables))
    for (const [name, value] of Object.entries(variables)) leaves[`flow.variables.${name}`] = value;
  return leaves;
}

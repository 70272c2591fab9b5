import type { Context } from "../../kernel/context.ts";
import { create, findDocument, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { dateTime, json, oneOf, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { randomSid } from "../../kernel/sid.ts";
import { flowResource } from "./flow.ts";
import { type Execution, execution, type Trigger } from "./kinds.ts";
import { findRevision } from "./revisions.ts";

export const executionResource = resource(execution, {
  prefix: "FN",
  path: "/v2/Flows/{FlowSid}/Executions",
  parent: flowResource,
  listKey: "executions",
  newestFirst: true,
  operations: ["fetch", "list", "delete"],
  parameters: {
    // The contact, and the number that the flow's messages come from.
    To: text({ on: "create", required: true, field: "contact_channel_address" }),
    From: text({ on: "create", required: true, field: null }),
    Parameters: json({ on: "create", objectOnly: true, field: null }),
    Status: oneOf(["active", "ended"], { on: "update", required: true }),
  },
  indexed: ["status", "contact_channel_address"],
  hidden: [
    "flow_revision",
    "trigger",
    "flow_address",
    "channel_sid",
    "flow_context",
    "state",
    "waiting",
    "until",
    "turn",
    "in_a_row",
    "parent_execution_sid",
    "is_complete",
  ],
  due: ({ fields }) => (fields.status === "active" ? (fields.until ?? undefined) : undefined),
  whenDue: () => "the flow has waited long enough, and goes on",
  links: { steps: "/Steps", execution_context: "/Context" },
  render: ({ fields }) => ({
    // Twilio no longer has contacts: its v1 answers one placeholder for all of them.
    contact_sid: null,
    flow_version: fields.flow_revision,
    initiated_by: fields.initiated_by ?? null,
  }),
  filters: {
    // Lower case, as Twilio's document and SDK have it.
    status: { field: "status" },
    DateCreatedFrom: created((time, given) => time >= given),
    DateCreatedTo: created((time, given) => time <= given),
  },
});

function created(compare: (time: number, given: number) => boolean) {
  return {
    test([value = ""]: readonly string[]) {
      const given = Date.parse(String(dateTime().read([value], "DateCreated")));
      return (document: Document<Execution>): boolean => compare(document.created, given);
    },
  };
}

/** Answers a create: runs the published flow from its `incomingRequest`. The request's own SID started it. */
export function createExecution(request: RequestContext): Reply {
  const requestSid = randomSid("RQ");
  const reply = create(request, {
    ...executionResource,
    beforeWrite({ fields, parentSid, input }, context) {
      const [to, from] = [String(input["To"]), String(input["From"])];
      const parameters = JSON.parse(String(input["Parameters"] ?? "{}")) as JsonObject;
      Object.assign(
        fields,
        newExecution(context, parentSid, {
          contact: to,
          flowAddress: from,
          trigger: { event: "incomingRequest", data: { request: { parameters, from, to } } },
          initiatedBy: requestSid,
        }),
      );
    },
  });
  return { ...reply, headers: { ...reply.headers, "twilio-request-id": requestSid } };
}

/** The fields of an execution that is about to start. @throws TwilioError when the flow can't run */
export function newExecution(
  context: Context,
  flowSid: string,
  given: {
    contact: string;
    flowAddress: string;
    trigger: Trigger;
    initiatedBy: string;
    channelSid?: string;
    revision?: string;
    parentExecutionSid?: string;
  },
): Execution {
  const revision = findRevision(context, flowSid, given.revision ?? "LatestPublished");
  if (revision === undefined)
    throw invalid(`Flow ${flowSid} has no published revision; publish it before it is run`, 20001);
  refuseConcurrent(context, flowSid, given.contact, revision.fields.definition);
  return {
    contact_channel_address: given.contact,
    status: "active",
    context: {},
    flow_revision: revision.fields.revision,
    trigger: given.trigger,
    flow_address: given.flowAddress,
    channel_sid: given.channelSid ?? null,
    flow_context: {},
    state: null,
    waiting: null,
    until: null,
    turn: 0,
    parent_execution_sid: given.parentExecutionSid ?? null,
    is_complete: false,
    initiated_by: given.initiatedBy,
  };
}

/** A contact is in a flow once at a time, unless the flow says otherwise. */
function refuseConcurrent(context: Context, flowSid: string, contact: string, definition: JsonObject): void {
  const flags = definition["flags"] as { allow_concurrent_calls?: boolean } | undefined;
  if (flags?.allow_concurrent_calls === true) return;
  const active = activeExecution(context, flowSid, contact);
  if (active !== undefined)
    throw new TwilioError(409, 20409, `Execution ${active.sid} is already active for this contact`);
}

/** The execution that a contact is in, if any. */
export function activeExecution(
  context: Context,
  flowSid: string,
  contact: string,
): Document<Execution> | undefined {
  return context
    .of(execution)
    .all(flowSid, { field: "contact_channel_address", value: contact })
    .find(({ fields }) => fields.status === "active");
}

/** Answers an update, which can do one thing: end it. */
export function updateExecution(request: RequestContext): Reply {
  const { context, form } = request;
  const found = findDocument(request, executionResource);
  const status = form.get("Status")?.[0]?.toLowerCase() ?? "";
  if (status === "") throw invalid("Missing required parameter Status in the post body");
  if (status !== "ended") throw invalid("Status of an execution can only be changed to ended");
  return { status: 200, body: render(endExecution(context, found), executionResource, request) };
}

/** Ends an execution where it is. */
export function endExecution(context: Context, found: Document<Execution>): Document<Execution> {
  if (found.fields.status === "ended") return found;
  return context
    .of(execution)
    .update(found, { ...found.fields, status: "ended", state: null, waiting: null, until: null });
}

/** Answers the context of an execution: all that its templates see. */
export function fetchExecutionContext(request: RequestContext): Reply {
  const found = findDocument(request, executionResource);
  const flowSid = found.parentSid;
  return {
    status: 200,
    body: {
      account_sid: found.accountSid,
      flow_sid: flowSid,
      execution_sid: found.sid,
      context: found.fields.flow_context,
      url: `${request.origin}/v2/Flows/${flowSid}/Executions/${found.sid}/Context`,
    },
  };
}

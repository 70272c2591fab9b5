import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { findParentSid, render } from "../../kernel/crud.ts";
import { notFound } from "../../kernel/errors.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { flow, type Flow, neverUpdated } from "./flow.ts";

/** A flow as one of its writes left it. */
export type FlowRevision = Omit<Flow, "test_users">;

export const flowRevision: Resource<FlowRevision> = resource<FlowRevision>({
  kind: "studio.FlowRevision",
  prefix: "FW",
  path: "/v2/Flows/{Sid}/Revisions",
  parent: () => flow,
  listKey: "revisions",
  operations: ["list"],
  newestFirst: true,
  unique: [{ field: "revision", taken: () => new Error("A flow has a revision twice") }],
  render: (document) => ({
    valid: true,
    errors: [],
    url: `https://studio.twilio.com/v2/Flows/${document.parentSid}/Revisions/${document.fields.revision}`,
    ...neverUpdated(document),
  }),
  renderInList: () => ({ definition: null, commit_message: null, valid: null, errors: null }),
});

/** Keeps what a write made of a flow. */
export function addRevision(context: Context, { sid, fields }: Document<Flow>): void {
  const { test_users: _users, ...kept } = fields;
  // Its SID is the flow's; what tells it apart is the number.
  context.of(flowRevision).insert(sid, kept, `${sid}/${kept.revision}`);
}

/** Answers a fetch by number, `LatestRevision` or `LatestPublished`. */
export function fetchRevision(request: RequestContext): Reply {
  const { Sid: flowReference = "", Revision: reference = "" } = request.parameters;
  const flowSid = findParentSid(request, flowRevision, [flowReference]);
  const found = findRevision(request.context, flowSid, reference);
  if (found === undefined) throw notFound(request.path);
  return { status: 200, body: render(found, flowRevision, request) };
}

/** A revision by number, `LatestRevision` or `LatestPublished`. */
export function findRevision(
  context: Context,
  flowSid: string,
  reference: string,
): Document<FlowRevision> | undefined {
  const revisions = context.of(flowRevision);
  if (reference !== "LatestRevision" && reference !== "LatestPublished")
    return revisions.find("revision", reference, flowSid);
  for (const revision of revisions.scan({ parent: flowSid, descending: true })) {
    if (reference === "LatestRevision" || revision.fields.status === "published") return revision;
  }
  return undefined;
}

import { findParentSid, render } from "../../kernel/crud.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { flowResource } from "./flow.ts";
import { flowRevision } from "./kinds.ts";
import { findRevision, neverUpdated } from "./revisions.ts";

export const flowRevisionResource = resource(flowRevision, {
  prefix: "FW",
  path: "/v2/Flows/{Sid}/Revisions",
  parent: flowResource,
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

/** Answers a fetch by number, `LatestRevision` or `LatestPublished`. */
export function fetchRevision(request: RequestContext): Reply {
  const { Sid: flowReference = "", Revision: reference = "" } = request.parameters;
  const flowSid = findParentSid(request, flowRevisionResource, [flowReference]);
  const found = findRevision(request.context, flowSid, reference);
  if (found === undefined) throw notFound(request.path);
  return { status: 200, body: render(found, flowRevisionResource, request) };
}

import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Flow, flowRevision, type FlowRevision } from "./kinds.ts";

/** A flow of one revision was never updated, and has no time of that. */
export function neverUpdated({ fields }: Document<{ revision: number }>): object {
  return fields.revision === 1 ? { date_updated: null } : {};
}

/** Keeps what a write made of a flow. */
export function addRevision(context: Context, { sid, fields }: Document<Flow>): void {
  const { test_users: _users, ...kept } = fields;
  // Its SID is the flow's; what tells it apart is the number.
  context.of(flowRevision).insert(sid, kept, `${sid}/${kept.revision}`);
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

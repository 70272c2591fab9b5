import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { resource } from "../../kernel/resource.ts";
import { message, type Message } from "../api/kinds.ts";
import { type Interaction, interaction, messageInteraction } from "./kinds.ts";
import { sessionResource } from "./session.ts";

/** One end of an interaction: who, and the message that went there or came from there. */
export interface InteractionEnd {
  readonly participantSid: string;
  readonly resourceSid: string;
  readonly resourceStatus: string;
  readonly resourceUrl: string;
}

export const interactionResource = resource(interaction, {
  prefix: "KI",
  path: "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Interactions",
  parent: sessionResource,
  listKey: "interactions",
  operations: ["fetch", "list", "delete"],
  newestFirst: true,
  unique: [
    {
      field: "outbound_resource_sid",
      within: "account",
      taken: () => new Error("A message went out of two interactions"),
    },
  ],
  // An end that there is not has a status all the same.
  render: ({ fields }) => ({
    inbound_resource_status: fields.inbound_resource_status ?? "unknown",
    outbound_resource_status: fields.outbound_resource_status ?? "unknown",
  }),
  beforeDelete({ sid }, context) {
    const sent = context.of(messageInteraction).get(sid);
    if (sent !== undefined) context.of(messageInteraction).remove(sent);
  },
});

/** Keeps the status of what went out up to date. */
export function followMessages(change: Change, context: Context): void {
  if (change.action !== "update" || change.kind !== message.kind) return;
  const found = context.of(interaction).find("outbound_resource_sid", change.after.sid);
  if (found === undefined) return;
  const { status } = change.after.fields as Message;
  if (found.fields.outbound_resource_status !== status)
    context.of(interaction).update(found, { ...found.fields, outbound_resource_status: status });
}

/** Records that something went through a session, in at one end and out at the other; `sid` when it has one already. */
export function addInteraction(
  context: Context,
  sessionSid: string,
  ends: { inbound?: InteractionEnd; outbound?: InteractionEnd; body: string; sid?: string | undefined },
): Document<Interaction> {
  const { inbound, outbound } = ends;
  const fields: Interaction = {
    data: JSON.stringify({ body: ends.body }),
    type: "message",
    inbound_participant_sid: inbound?.participantSid ?? null,
    inbound_resource_sid: inbound?.resourceSid ?? null,
    inbound_resource_status: inbound?.resourceStatus ?? null,
    inbound_resource_type: inbound === undefined ? null : "Message",
    inbound_resource_url: inbound?.resourceUrl ?? null,
    outbound_participant_sid: outbound?.participantSid ?? null,
    outbound_resource_sid: outbound?.resourceSid ?? null,
    outbound_resource_status: outbound?.resourceStatus ?? null,
    outbound_resource_type: outbound === undefined ? null : "Message",
    outbound_resource_url: outbound?.resourceUrl ?? null,
  };
  return context.of(interaction).insert(sessionSid, fields, ends.sid);
}

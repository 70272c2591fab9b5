import { findDocument, findParentSid, render } from "../../../kernel/crud.ts";
import { invalid, missingParameter } from "../../../kernel/errors.ts";
import { first } from "../../../kernel/form.ts";
import type { Reply, RequestContext } from "../../../kernel/request.ts";
import { resource } from "../../../kernel/resource.ts";
import { channelResource } from "./channel.ts";
import { acceptInvite, declineInvite, inviteTo } from "./inviting.ts";
import { interactionChannel, invite } from "./kinds.ts";
import { readReservation, readRouting, withForm } from "./request.ts";
import { renderRouting } from "./tasks.ts";

export const inviteResource = resource(invite, {
  prefix: "KG",
  path: "/v1/Interactions/{InteractionSid}/Channels/{ChannelSid}/Invites",
  parent: channelResource,
  listKey: "invites",
  operations: ["list"],
  unique: [{ field: "task_sid", within: "account", taken: () => new Error("A task is of two invites") }],
  hidden: ["account_sid", "date_created", "date_updated", "task_sid", "status", "failure"],
  render: ({ fields }, context) => ({ routing: renderRouting(context, fields.task_sid) }),
});

/** Answers a create: a further task about the same conversation. */
export function createInvite(given: RequestContext): Reply {
  const request = withForm(given);
  const context = request.context.announced();
  const channel = context.of(interactionChannel).get(findParentSid(request, inviteResource));
  const routing = readRouting(request.form);
  if (routing === undefined || channel === undefined) throw missingParameter("Routing");
  const { status } = channel.fields;
  if (status === "closed" || status === "failed")
    throw invalid(`Interaction channel ${channel.sid} is ${status}; nobody can be invited to it`);
  const made = inviteTo(context, channel, routing);
  return { status: 200, body: render(made, inviteResource, request) };
}

/** Answers what Flex UI sends when an agent accepts or declines; no document has it. */
export function answerInvite(given: RequestContext): Reply {
  const request = withForm(given);
  const context = request.context.announced();
  const found = findDocument(request, inviteResource);
  const action = first(request.form, "Action");
  const reservationSid = readReservation(request.form);
  if (action === "accept") acceptInvite(context, found, reservationSid);
  else if (action === "decline") declineInvite(context, found, reservationSid);
  else throw invalid("Action must be accept or decline");
  const answered = context.of(invite).get(found.sid) ?? found;
  return { status: 200, body: render(answered, inviteResource, request) };
}

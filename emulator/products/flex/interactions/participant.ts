import { findDocument, findParentSid, list, render } from "../../../kernel/crud.ts";
import { invalid, missingParameter } from "../../../kernel/errors.ts";
import { first } from "../../../kernel/form.ts";
import { oneOf } from "../../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../../kernel/request.ts";
import { resource } from "../../../kernel/resource.ts";
import * as z from "zod";
import { addIdentity, addTexter } from "../../conversations/acts.ts";
import { channelResource } from "./channel.ts";
import { agentsIn, changeStatus, endParticipant } from "./ending.ts";
import {
  interactionChannel,
  type InteractionParticipant,
  interactionParticipant,
  participantTypes,
  type RoutingProperties,
} from "./kinds.ts";
import { read, withForm } from "./request.ts";

export const participantResource = resource(interactionParticipant, {
  prefix: "UT",
  path: "/v1/Interactions/{InteractionSid}/Channels/{ChannelSid}/Participants",
  parent: channelResource,
  listKey: "participants",
  operations: [],
  hidden: ["account_sid", "date_created", "date_updated", "member_sid", "status"],
});

/** Answers a list: of those who are there, or with `status=all`, as Flex UI asks, of those who were, too. */
export function listParticipants(request: RequestContext): Reply {
  const asked = (name: string): string | undefined => {
    const key = [...request.query.keys()].find((each) => each.toLowerCase() === name);
    return key === undefined ? undefined : first(request.query, key);
  };
  const isAll = asked("status") === "all";
  const taskSid = asked("tasksid");
  return list(
    request,
    participantResource,
    ({ fields }) =>
      (isAll || fields.status !== "closed") &&
      (taskSid === undefined || fields.routing_properties?.task_sid === taskSid),
  );
}

const text = z.string().min(1);
const mediaShape = z.looseObject({
  identity: text.nullish(),
  address: text.nullish(),
  proxy_address: text.nullish(),
});
const routingShape = z.looseObject({
  task_sid: text.optional(),
  worker_sid: text.optional(),
  reservation_sid: text.optional(),
});
const types = oneOf(participantTypes);

/** Answers a create: somebody joins the conversation, by an identity or an address. */
export function createParticipant(given: RequestContext): Reply {
  const request = withForm(given);
  const context = request.context.announced();
  const channelSid = findParentSid(request, participantResource);
  const type = types.read([first(request.form, "Type") ?? ""], "Type") as
    InteractionParticipant["type"] | undefined;
  if (type === undefined) throw missingParameter("Type");
  const media = read(request.form, "MediaProperties", mediaShape);
  if (media === undefined) throw missingParameter("MediaProperties");
  const routing: RoutingProperties | undefined = read(request.form, "RoutingProperties", routingShape);
  const conversationSid = context.of(interactionChannel).get(channelSid)?.fields.conversation_sid ?? "";
  const { identity, address, proxy_address: proxy } = media;
  if (identity == null && address == null)
    throw invalid("MediaProperties needs an identity, or an address with the proxy_address that it texts to");
  const joined =
    identity == null
      ? addTexter(context, conversationSid, address ?? "", proxy ?? "")
      : addIdentity(context, conversationSid, identity);
  const made = context.of(interactionParticipant).insert(channelSid, {
    type,
    routing_properties: routing ?? null,
    member_sid: joined.sid,
    status: "active",
  });
  return { status: 200, body: render(made, participantResource, request) };
}

/** Answers a change of an agent's status; Flex UI may ask for more to follow from it. */
export function updateParticipant(given: RequestContext): Reply {
  const request = withForm(given);
  const context = request.context.announced();
  const found = findDocument(request, participantResource);
  const wanted = first(request.form, "Status") ?? "";
  if (wanted === "") throw missingParameter("Status");
  if (wanted !== "closed" && wanted !== "wrapup")
    throw invalid(`Status must be closed or wrapup, got ${JSON.stringify(wanted.slice(0, 64))}`);
  const changed = endParticipant(context, found, wanted);
  const channel = context.of(interactionChannel).get(found.parentSid);
  const isLast = wanted === "closed" && agentsIn(context, found.parentSid).length === 0;
  if (
    isLast &&
    first(request.form, "CloseChannelIfLastParticipant") === "true" &&
    channel !== undefined &&
    channel.fields.status !== "failed"
  )
    changeStatus(context, channel, "closed", "closed");
  return { status: 200, body: render(changed, participantResource, request) };
}

import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid, TwilioError } from "../../../kernel/errors.ts";
import { channel as chatChannel, member, role } from "../../chat/kinds.ts";
import { addIdentity, setState } from "../../conversations/acts.ts";
import { type Reservation, reservation, task, worker } from "../../taskrouter/stored/kinds.ts";
import { attributesOf } from "../../taskrouter/stored/attributes.ts";
import { namesOf, taskAttributes } from "./attributes.ts";
import {
  type InteractionChannel,
  interactionChannel,
  interactionParticipant,
  type Invite,
  invite,
  type Routing,
  transfer,
} from "./kinds.ts";
import { makeTask } from "./tasks.ts";

/** Invites whoever TaskRouter finds to a channel. @throws TwilioError as TaskRouter does */
export function inviteTo(
  context: Context,
  found: Document<InteractionChannel>,
  routing: Routing,
): Document<Invite> {
  const inviteSid = context.newSid("KG");
  const attributes = taskAttributes(context, namesOf(found, inviteSid), found.fields, routing.attributes);
  const made = makeTask(context, routing, attributes);
  const channels = context.of(interactionChannel);
  channels.update(found, { ...found.fields, last_routing: routing });
  return context
    .of(invite)
    .insert(found.sid, { task_sid: made.sid, status: "open", failure: null }, inviteSid);
}

/**
 * Accepts an invite, as Flex UI does for an agent: the reservation is accepted, then the agent joins the conversation. That
 * this fails does not undo that.
 *
 * @throws TwilioError when the reservation can't be accepted
 */
export function acceptInvite(context: Context, found: Document<Invite>, reservationSid: string): void {
  const offered = reservationOf(context, found, reservationSid);
  // Who looks at the reservation sees how it was accepted.
  const accepted = context.of(invite).update(found, { ...found.fields, status: "accepted" });
  context.of(reservation).change(offered, { ReservationStatus: "accepted" });
  const channel = context.of(interactionChannel).get(found.parentSid);
  if (channel === undefined) return;
  try {
    join(context, channel, offered);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const { code, message } = error;
    context.of(invite).update(accepted, { ...accepted.fields, failure: { code, message } });
  }
  const isAwake = channel.fields.status !== "inactive" && channel.fields.status !== "pause";
  context.of(interactionChannel).update(channel, {
    ...channel.fields,
    status: isAwake ? channel.fields.status : "active",
    last_worker: offered.fields.worker_sid,
  });
  if (!isAwake) setState(context, channel.fields.conversation_sid, "active");
  for (const handed of context.of(transfer).all(channel.sid))
    if (handed.fields.invite_sid === found.sid)
      context.of(transfer).update(handed, { ...handed.fields, status: "completed" });
}

/** Declines an invite: its task goes to somebody else. @throws TwilioError when the reservation can't be rejected */
export function declineInvite(context: Context, found: Document<Invite>, reservationSid: string): void {
  const offered = reservationOf(context, found, reservationSid);
  context.of(reservation).change(offered, { ReservationStatus: "rejected" });
}

function reservationOf(
  context: Context,
  { sid, fields }: Document<Invite>,
  reservationSid: string,
): Document<Reservation> {
  const found = context.of(reservation).get(reservationSid);
  if (found?.fields.task_sid === fields.task_sid) return found;
  throw invalid(`Reservation ${reservationSid.slice(0, 64)} is none of the task of invite ${sid}`);
}

/** The role that agents have in conversations, of those that Flex makes in its service. */
const agentRole = "agent";

/** Lets the agent of a reservation take part. @throws TwilioError */
function join(
  context: Context,
  { sid: channelSid, fields }: Document<InteractionChannel>,
  { sid: reservationSid, fields: { worker_sid, task_sid } }: Document<Reservation>,
): void {
  const conversationSid = fields.conversation_sid;
  const identity = identityOf(context, worker_sid);
  const known = context.of(member).find("identity", identity, conversationSid);
  const joined = known ?? addIdentity(context, conversationSid, identity, roleOf(context, conversationSid));
  context.of(interactionParticipant).insert(channelSid, {
    type: "agent",
    routing_properties: { task_sid, worker_sid, reservation_sid: reservationSid },
    member_sid: joined.sid,
    status: "active",
  });
}

function roleOf(context: Context, conversationSid: string): string {
  const serviceSid = context.of(chatChannel).get(conversationSid)?.parentSid;
  if (serviceSid === undefined) throw new TwilioError(404, 50350, "Conversation not found");
  const found = context
    .of(role)
    .all(serviceSid)
    .find(({ fields }) => fields.type === "channel" && fields.friendly_name === agentRole);
  if (found !== undefined) return found.sid;
  throw invalid(
    `Role not found: service ${serviceSid} has no conversation role "${agentRole}", which Flex makes`,
    50101,
  );
}

/** By what name a worker is known in conversations: that of the `contact_uri`, which Flex sets. */
export function identityOf(context: Context, workerSid: string): string {
  const found = context.of(worker).get(workerSid);
  const uri = attributesOf(found?.fields.attributes ?? "{}")["contact_uri"];
  return typeof uri === "string" && uri.replace(/^client:/, "") !== ""
    ? uri.replace(/^client:/, "")
    : (found?.fields.friendly_name ?? workerSid);
}

/** Whether a task goes to one worker and nobody else. */
export function isForOne(context: Context, taskSid: string): boolean {
  return context.of(task).get(taskSid)?.fields.routing_target?.startsWith("WK") === true;
}

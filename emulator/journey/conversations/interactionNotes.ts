import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { member } from "../../products/chat/kinds.ts";
import { conversationOf } from "../../products/conversations/state.ts";
import { agentsIn } from "../../products/flex/interactions/ending.ts";
import { identityOf } from "../../products/flex/interactions/inviting.ts";
import {
  type InteractionChannel,
  interactionChannel,
  type InteractionParticipant,
  interactionParticipant,
  type Invite,
  invite,
} from "../../products/flex/interactions/kinds.ts";
import { openTasks } from "../../products/flex/interactions/tasks.ts";
import { isOver } from "../../products/taskrouter/stored/attributes.ts";
import { type Reservation, reservation, task, type Task } from "../../products/taskrouter/stored/kinds.ts";
import { note, noteError } from "../shared/journal.ts";

/** Tells in the journal of a conversation what becomes of its interaction, and what Twilio would not say anywhere. */
export function tellOfInteractions(change: Change, context: Context): void {
  switch (change.kind) {
    case interactionChannel.kind:
      tellOfChannel(change as Change<InteractionChannel>, context);
      break;
    case interactionParticipant.kind:
      tellOfParticipant(change as Change<InteractionParticipant>, context);
      break;
    case invite.kind:
      tellOfInvite(change as Change<Invite>, context);
      break;
    case reservation.kind:
      tellOfReservation(change as Change<Reservation>, context);
      break;
    case task.kind:
      tellOfTask(change as Change<Task>, context);
      break;
  }
}

function tellOfChannel(change: Change<InteractionChannel>, context: Context): void {
  if (change.action === "delete") return;
  const { sid, parentSid, fields } = change.after;
  const { conversation_sid: conversationSid, status, error_code, error_message } = fields;
  // Its task may have gone before.
  if (change.action === "update" && change.before.fields.status === "setup" && status === "active")
    context.beforeCommit(`left ${sid}`, (later) => {
      const isAsked = later.of(invite).all(sid).length > 0;
      if (isAsked) tellWhoIsLeft(later, change.after, agentsIn(later, sid).length > 0);
    });
  if (change.action === "create")
    return note(context, conversationSid, "task", "Interaction opened", parentSid);
  if (change.before.fields.status === status) return;
  if (status === "failed") {
    const text = `The interaction failed: ${error_message ?? ""}`;
    return noteError(context, conversationSid, "task", error_code ?? 0, text, sid);
  }
  const isEnd = status === "closed" || status === "inactive" || status === "pause";
  note(context, conversationSid, isEnd ? "completion" : "task", `Interaction channel is ${status}`, sid);
  if (error_code !== null && change.before.fields.status === "setup")
    noteError(
      context,
      conversationSid,
      "task",
      error_code,
      `The customer was not added, and the agent will be alone: ${error_message ?? ""}`,
      sid,
    );
}

function tellOfParticipant(change: Change<InteractionParticipant>, context: Context): void {
  if (change.action === "delete" || change.after.fields.type !== "agent") return;
  const { parentSid, fields } = change.after;
  const conversationSid = conversationSidOf(context, parentSid);
  const before = change.action === "update" ? change.before.fields.status : undefined;
  if (conversationSid === undefined || before === fields.status) return;
  const identity =
    context.of(member).get(fields.member_sid)?.fields.identity ??
    identityOf(context, fields.routing_properties?.worker_sid ?? "");
  if (change.action === "create")
    note(context, conversationSid, "agent", `${identity} joined the conversation`, fields.member_sid);
  else if (fields.status === "closed")
    note(context, conversationSid, "completion", `${identity} left the conversation`, fields.member_sid);
}

function tellOfInvite(change: Change<Invite>, context: Context): void {
  if (change.action !== "update" || change.before.fields.failure !== null) return;
  const { sid, parentSid, fields } = change.after;
  const conversationSid = conversationSidOf(context, parentSid);
  if (fields.failure === null || conversationSid === undefined) return;
  const { code, message } = fields.failure;
  const text = `The agent accepted, and was not added to the conversation: ${message}`;
  noteError(context, conversationSid, "agent", code, text, sid);
}

/** That this makes nobody a participant is not documented either way; who finds it out here can do something about it. */
function tellOfReservation(change: Change<Reservation>, context: Context): void {
  if (change.action !== "update") return;
  const { sid, fields } = change.after;
  const { reservation_status: status, worker_name: name } = fields;
  if (status !== "accepted" || change.before.fields.reservation_status === status) return;
  const found = context.of(invite).find("task_sid", fields.task_sid);
  const conversationSid = found && conversationSidOf(context, found.parentSid);
  if (found?.fields.status !== "open" || conversationSid === undefined) return;
  const text = `${name} accepted the reservation by TaskRouter and not the invite ${found.sid}: nobody joined the conversation`;
  noteError(context, conversationSid, "agent", 0, text, sid);
}

function tellOfTask(change: Change<Task>, context: Context): void {
  if (change.action === "create") return;
  const isEnd =
    change.action === "delete"
      ? !isOver(change.before.fields)
      : isOver(change.after.fields) && !isOver(change.before.fields);
  const { sid: taskSid } = change.before;
  const found = isEnd ? context.of(invite).find("task_sid", taskSid) : undefined;
  if (found === undefined) return;
  const isComplete = change.action === "update" && change.after.fields.assignment_status === "completed";
  // Looked at when all is done that follows from the same request.
  context.beforeCommit(`left ${found.parentSid}`, (later) => {
    const channel = later.of(interactionChannel).get(found.parentSid);
    if (channel !== undefined) tellWhoIsLeft(later, channel, isComplete);
  });
}

/** A conversation without a task stays open, holds the customer's pair of addresses, and takes what they write next. */
function tellWhoIsLeft(
  context: Context,
  { sid, fields }: Document<InteractionChannel>,
  isComplete: boolean,
): void {
  const { conversation_sid: conversationSid, status } = fields;
  const isHeld = conversationOf(context, conversationSid).state !== "closed";
  if (!isHeld || (status !== "active" && status !== "failed") || openTasks(context, sid).length > 0) return;
  const stays = "stays open: what the customer writes next gets into it, and nobody sees it";
  if (!isComplete)
    noteError(context, conversationSid, "completion", 0, `The conversation has no agent and ${stays}`, sid);
  else if (agentsIn(context, sid).length > 0)
    noteError(
      context,
      conversationSid,
      "completion",
      0,
      `The task was completed by TaskRouter and not by the interaction channel: the conversation ${stays}`,
      sid,
    );
  else note(context, conversationSid, "completion", "The conversation is parked: it has no agent", sid);
}

function conversationSidOf(context: Context, channelSid: string): string | undefined {
  return context.of(interactionChannel).get(channelSid)?.fields.conversation_sid;
}

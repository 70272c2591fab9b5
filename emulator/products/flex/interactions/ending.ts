import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid } from "../../../kernel/errors.ts";
import { member } from "../../chat/kinds.ts";
import { removeMember } from "../../chat/membership.ts";
import { setState } from "../../conversations/acts.ts";
import { task } from "../../taskrouter/stored/kinds.ts";
import { inviteTo } from "./inviting.ts";
import {
  type ChannelStatus,
  type InteractionChannel,
  interactionChannel,
  type InteractionParticipant,
  interactionParticipant,
} from "./kinds.ts";
import { endTask, openTasks } from "./tasks.ts";

type Channel = Document<InteractionChannel>;

/** The statuses that a channel can be brought into; Flex UI knows two more than the API's document. */
export const settableStatuses = ["closed", "inactive", "pause", "active"] as const;

/**
 * Brings a channel into a status, with its conversation and its tasks.
 *
 * `closed`: agents wrap up (unless they are done, too), and the conversation is closed: nothing opens it again. `inactive`
 * and `pause`: agents leave, and the conversation stays, to be taken up again. `active`: whoever paused it is
 * invited again.
 *
 * @param end what becomes of the tasks; undefined: they are wrapped up
 * @throws TwilioError
 */
export function changeStatus(
  context: Context,
  found: Channel,
  status: (typeof settableStatuses)[number],
  end: "wrapup" | "closed" | undefined,
): Channel {
  const { fields, sid } = found;
  if (fields.status === "failed") throw invalid(`Interaction channel ${sid} has failed; it can't be changed`);
  if (fields.status === "closed" && status !== "closed")
    throw invalid(`Interaction channel ${sid} is closed; it can't become ${status}`);
  switch (status) {
    case "closed":
      endWork(context, found, end ?? "wrapup", end === "closed");
      setState(context, fields.conversation_sid, "closed");
      break;
    case "inactive":
    case "pause":
      if (end === undefined)
        throw invalid(`Routing with a status is required when the channel becomes ${status}`);
      endWork(context, found, end, true);
      setState(context, fields.conversation_sid, "inactive");
      break;
    case "active":
      if (fields.status === "inactive" || fields.status === "pause") takeUp(context, found);
      break;
  }
  return store(context, sid, status);
}

function store(context: Context, channelSid: string, status: ChannelStatus): Channel {
  const channels = context.of(interactionChannel);
  const current = channels.get(channelSid);
  if (current === undefined) throw new Error(`Channel ${channelSid} went while it was changed`);
  return channels.update(current, { ...current.fields, status });
}

function endWork(context: Context, { sid }: Channel, end: "wrapup" | "closed", isOver: boolean): void {
  for (const open of openTasks(context, sid)) endTask(context, open, end);
  for (const agent of agentsIn(context, sid))
    if (isOver) leave(context, agent);
    else context.of(interactionParticipant).update(agent, { ...agent.fields, status: "wrapup" });
}

/** Wakes up a conversation that was left, and invites whoever had it last. */
function takeUp(context: Context, { sid, fields }: Channel): void {
  const { conversation_sid: conversationSid, last_routing: routing, last_worker: worker } = fields;
  setState(context, conversationSid, "active");
  const current = context.of(interactionChannel).get(sid);
  if (routing === null || worker === null || current === undefined) return;
  const { workflow_sid: _workflow, queue_sid: _queue, ...rest } = routing;
  inviteTo(context, current, { ...rest, routing_target: undefined, worker_sid: worker });
}

/** The agents who are in a channel. */
export function agentsIn(context: Context, channelSid: string): Document<InteractionParticipant>[] {
  return context
    .of(interactionParticipant)
    .all(channelSid)
    .filter(({ fields }) => fields.type === "agent" && fields.status !== "closed");
}

/** Takes an agent out of the conversation. */
export function leave(context: Context, agent: Document<InteractionParticipant>): void {
  const joined = context.of(member).get(agent.fields.member_sid);
  if (joined !== undefined) removeMember(context, joined);
  context.of(interactionParticipant).update(agent, { ...agent.fields, status: "closed" });
}

/** Ends what one agent has to do with a channel, which goes on: the task is wrapped up, or completed and the agent gone. */
export function endParticipant(
  context: Context,
  agent: Document<InteractionParticipant>,
  end: "wrapup" | "closed",
): Document<InteractionParticipant> {
  const { type, routing_properties: properties } = agent.fields;
  if (type !== "agent")
    throw invalid(`Participant ${agent.sid} is a ${type}; only an agent's status changes`);
  const own = context.of(task).get(properties?.task_sid ?? "");
  if (own !== undefined) endTask(context, own, end);
  const participants = context.of(interactionParticipant);
  if (end === "closed") leave(context, agent);
  else if (agent.fields.status === "active")
    participants.update(agent, { ...agent.fields, status: "wrapup" });
  return participants.get(agent.sid) ?? agent;
}

import { kind } from "../../../kernel/document.ts";
import type { JsonObject } from "../../../kernel/json.ts";

export const channelTypes = ["voice", "sms", "email", "web", "whatsapp", "chat", "messenger", "gbm"] as const;
export type ChannelType = (typeof channelTypes)[number];

/** A customer's matter, as Flex brings it to agents. */
export interface Interaction {
  channel: { type: ChannelType; sid: string };
  /** Of its first task; null: it was not routed anywhere. */
  task_sid: string | null;
  interaction_context_sid: string | null;
  webhook_ttid: string | null;
}

export const interaction = kind<Interaction>("flex.Interaction");

export type ChannelStatus = "setup" | "active" | "failed" | "closed" | "inactive" | "pause" | "transfer";

/** Who began it. */
export type Initiator = "customer" | "agent" | "api";

/** Somebody whom setting up a channel adds to its conversation. */
export interface Outsider {
  address: string;
  proxy_address: string | null;
}

/** The conversation of an interaction, and how far it has come. Stored in the interaction. */
export interface InteractionChannel {
  type: ChannelType;
  status: ChannelStatus;
  error_code: number | null;
  error_message: string | null;
  conversation_sid: string;
  initiated_by: Initiator;
  /** Whom setting it up is still to add. */
  outsiders: Outsider[];
  /** What TaskRouter was asked for last, and whom the conversation was with: who takes it up again is routed alike. */
  last_routing: Routing | null;
  last_worker: string | null;
}

export const interactionChannel = kind<InteractionChannel>("flex.InteractionChannel");

/** Where a task is to go, in the names of the API; all but the workspace may be left to TaskRouter. */
export interface Routing {
  workspace_sid: string;
  workflow_sid?: string | undefined;
  queue_sid?: string | undefined;
  worker_sid?: string | undefined;
  /** SID of a worker, queue or workflow. */
  routing_target?: string | undefined;
  /** SID or unique name. */
  task_channel?: string | undefined;
  /** Of the task, beside those that Flex adds. */
  attributes: JsonObject;
  priority?: number | undefined;
  /** In seconds. */
  timeout?: number | undefined;
}

export const participantTypes = ["supervisor", "customer", "external", "agent", "unknown"] as const;

/** Somebody in the conversation of a channel. Stored in the channel. */
export interface InteractionParticipant {
  type: (typeof participantTypes)[number];
  /** What an agent is there by; null of others. */
  routing_properties: RoutingProperties | null;
  /** Of the participant in Conversations. */
  member_sid: string;
  status: "active" | "wrapup" | "closed";
}

export interface RoutingProperties {
  task_sid?: string;
  worker_sid?: string;
  reservation_sid?: string;
}

export const interactionParticipant = kind<InteractionParticipant>("flex.InteractionParticipant");

/** An invitation to whoever gets its task. Stored in the channel. */
export interface Invite {
  task_sid: string;
  status: "open" | "accepted";
  /** Why whoever accepted it is not in the conversation; null: nothing went wrong. */
  failure: { code: number; message: string } | null;
}

export const invite = kind<Invite>("flex.InteractionInvite");

/** A conversation handed on by an agent. Stored in the channel. */
export interface Transfer {
  instance_sid: string;
  execution_sid: string | null;
  type: "cold";
  status: "active" | "failed" | "completed";
  /** Of the agent's participant, and of the worker, queue or workflow that gets it. */
  from: string;
  to: string;
  note_sid: string | null;
  summary_sid: string | null;
  /** The invitation that it made. */
  invite_sid: string;
}

export const transfer = kind<Transfer>("flex.InteractionTransfer");

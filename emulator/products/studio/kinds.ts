import { kind } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";

export interface Flow {
  friendly_name: string;
  status: "draft" | "published";
  definition: JsonObject;
  commit_message: string | null;
  author_sid: string | null;
  /** Counts every write, from 1. */
  revision: number;
  /** Who runs drafts instead of the published revision. */
  test_users: string[];
}

export const flow = kind<Flow>("studio.Flow");

/** A flow as one of its writes left it. */
export type FlowRevision = Omit<Flow, "test_users">;

export const flowRevision = kind<FlowRevision>("studio.FlowRevision");

/** What started an execution: the transition that the trigger takes, and what is known as `{{trigger…}}`. */
export interface Trigger {
  readonly event: "incomingMessage" | "incomingConversationMessage" | "incomingRequest" | "incomingParent";
  readonly data: JsonObject;
}

/** An answer of the contact, of a URL, or the end of another execution. */
export type Waiting = "reply" | "call" | "subflow";

export interface Execution {
  contact_channel_address: string;
  status: "active" | "ended";
  /** Twilio answers it empty; the Context resource tells it. */
  context: JsonObject;
  /** Revision of the flow that runs, whatever becomes of the flow. */
  flow_revision: number;
  trigger: Trigger;
  /** Address of the flow's side: a number, or the SID of a chat channel's flow. */
  flow_address: string;
  /** Chat channel that it talks through, if any. */
  channel_sid: string | null;
  /** All that templates see: flow, trigger, widgets, contact. */
  flow_context: JsonObject;
  /** The state that is next, or waits; null: it has not begun, or is over. */
  state: string | null;
  /** What the state waits for. */
  waiting: Waiting | null;
  /** When it no longer waits, in milliseconds since 1970; null: it waits as long as it takes. */
  until: number | null;
  /** Counts the states that were entered. */
  turn: number;
  /** How often the state was entered one time after the other. Absent: once. */
  in_a_row?: number;
  /** The execution whose step runs this one as a subflow, if any. */
  parent_execution_sid: string | null;
  /** Whether it came to an end of its flow, rather than to an error or to being ended. */
  is_complete: boolean;
  /** SID of the message, request or execution that started it. Databases of older versions don't tell it. */
  initiated_by?: string;
}

export const execution = kind<Execution>("studio.Execution");

/** A transition of an execution: what happened in a state, and where that led. */
export interface ExecutionStep {
  /** The event, e.g. `incomingMessage`. */
  name: string;
  /** Type of the state that was left. */
  type: string;
  transitioned_from: string;
  transitioned_to: string | null;
  parent_step_sid: string | null;
  /** Twilio answers it empty; the Context resource tells it. */
  context: JsonObject;
  step_context: JsonObject;
}

export const executionStep = kind<ExecutionStep>("studio.ExecutionStep");

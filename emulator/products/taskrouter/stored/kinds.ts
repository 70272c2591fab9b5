import { kind } from "../../../kernel/document.ts";
import type { RoutingPosition } from "../../../../routing/index.ts";

export interface Workspace {
  friendly_name: string;
  event_callback_url: string | null;
  events_filter: string | null;
  multi_task_enabled: boolean;
  prioritize_queue_order: string;
  default_activity_sid: string;
  timeout_activity_sid: string;
}

export const workspace = kind<Workspace>("taskrouter.Workspace");

export interface Activity {
  friendly_name: string;
  available: boolean;
}

export const activity = kind<Activity>("taskrouter.Activity");

export interface TaskChannel {
  friendly_name: string;
  unique_name: string;
  channel_optimized_routing: boolean;
}

export const taskChannel = kind<TaskChannel>("taskrouter.TaskChannel");

export interface TaskQueue {
  friendly_name: string;
  target_workers: string;
  max_reserved_workers: number;
  task_order: string;
  reservation_activity_sid: string | null;
  assignment_activity_sid: string | null;
}

export const taskQueue = kind<TaskQueue>("taskrouter.TaskQueue");

export interface Workflow {
  friendly_name: string;
  configuration: string;
  assignment_callback_url: string | null;
  fallback_assignment_callback_url: string | null;
  task_reservation_timeout: number;
}

export const workflow = kind<Workflow>("taskrouter.Workflow");

export interface Worker {
  friendly_name: string;
  attributes: string;
  activity_sid: string;
  /** Milliseconds since 1970 of the last change of activity. */
  status_changed: number;
  /** When the worker began to wait for a task; the longest wait is over first. Older files lack it. */
  idle_since?: number;
}

export const worker = kind<Worker>("taskrouter.Worker");

/** How many tasks of one task channel a worker takes. */
export interface WorkerChannel {
  task_channel_sid: string;
  /** Path alias; Twilio fixes it when the task channel is made. */
  task_channel_unique_name: string;
  /** 0: none. */
  configured_capacity: number;
  available: boolean;
}

export const workerChannel = kind<WorkerChannel>("taskrouter.WorkerChannel");

export const taskStatuses = ["pending", "reserved", "assigned", "canceled", "wrapping", "completed"] as const;

export type TaskStatus = (typeof taskStatuses)[number];

export interface Task {
  attributes: string;
  assignment_status: TaskStatus;
  /** Why it was canceled or completed. */
  reason: string | null;
  /** Null when a routing target takes its place. */
  workflow_sid: string | null;
  /** The queue that it is in, or was in when it was assigned. */
  task_queue_sid: string | null;
  task_channel_sid: string;
  task_channel_unique_name: string;
  /** Seconds that it may live before it is assigned. */
  timeout: number;
  /** Of the workflow's target when that has one, otherwise its own. */
  priority: number;
  virtual_start_time: string;
  /** SID of a worker, queue or workflow that it goes to straight away. */
  routing_target: string | null;
  ignore_capacity: boolean;
  routing: TaskRouting;
}

/** What routing remembers of a task; no part of answers. */
export interface TaskRouting {
  /** The priority it was given, which a target of its workflow may replace. */
  own_priority: number;
  /** Null until it has entered its workflow. */
  position: RoutingPosition | null;
  /** Age in seconds at which it leaves its step; null when it stays there. */
  until: number | null;
  /** Workers who rejected it or let it time out, who get it again after all others. */
  declined: string[];
  /** How often it went from pending to reserved. */
  moves: number;
  /** Milliseconds since 1970, as is the next. */
  queue_entered: number | null;
  status_changed: number;
}

export const task = kind<Task>("taskrouter.Task");

export const reservationStatuses = [
  "pending",
  "accepted",
  "rejected",
  "timeout",
  "canceled",
  "rescinded",
  "wrapping",
  "completed",
] as const;

export type ReservationStatus = (typeof reservationStatuses)[number];

/** A task offered to a worker, and what came of it. Stored in the workspace: it belongs to both. */
export interface Reservation {
  task_sid: string;
  worker_sid: string;
  worker_name: string;
  reservation_status: ReservationStatus;
  /** Seconds that the worker has for an answer. */
  timeout: number;
  // Both SIDs again, while it is active: ended ones, of which there may be hundreds, are not even looked at.
  active_task_sid: string | null;
  active_worker_sid: string | null;
  /** The activity that the worker was in before, where being reserved changed it. */
  previous_activity_sid: string | null;
}

export const reservation = kind<Reservation>("taskrouter.Reservation");

/** Something that happened in a workspace. */
export interface TaskRouterEvent {
  /** E.g. `reservation.accepted`. */
  event_type: string;
  description: string;
  /** What it was about, as Twilio names it in events: `task_sid`, `worker_name` …. */
  event_data: Record<string, string>;
  resource_type: string;
  resource_sid: string;
  resource_url: string;
  // What lists are narrowed by, where the event is about such a thing.
  task_sid: string | null;
  worker_sid: string | null;
  reservation_sid: string | null;
  workflow_sid: string | null;
  task_queue_sid: string | null;
  task_channel: string | null;
}

export const event = kind<TaskRouterEvent>("taskrouter.Event");

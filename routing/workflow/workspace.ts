import type { Json, JsonObject } from "../json.ts";

/** The state of a workspace that routing depends on, as the caller knows it at one instant. */

export interface RoutingQueue {
  readonly sid: string;
  readonly friendlyName: string;
  /** About the attributes of workers, bare. @default "1==1" */
  readonly targetWorkers?: string;
  /** How many workers may be offered one task at the same time, 1 to 50. @default 1 */
  readonly maxReservedWorkers?: number;
}

export interface RoutingWorker {
  readonly sid: string;
  readonly friendlyName: string;
  readonly attributes: JsonObject;
  readonly activitySid: string;
  readonly activityName: string;
  /** Whether the activity is one in which workers get tasks. */
  readonly available: boolean;
  /** By the unique name of the TaskChannel. */
  readonly channels: Readonly<Record<string, RoutingChannel>>;
  /** Milliseconds since 1970 when the worker last became idle; the smallest goes first. */
  readonly idleSince: number;
}

/** A WorkerChannel: what one worker can take of one kind of task. */
export interface RoutingChannel {
  readonly available: boolean;
  /** How many tasks at once; 0 is none. */
  readonly configuredCapacity: number;
  /** Accepted reservations. */
  readonly assignedTasks: number;
  /** Pending, accepted and wrapping reservations: each takes one of the capacity. */
  readonly activeReservations: number;
}

export interface RoutingTask {
  readonly attributes: JsonObject;
  /** Seconds since the task was created. */
  readonly age: number;
  /** Unique name of the task's TaskChannel. @default "default" */
  readonly taskChannel?: string;
  /** @default 0 */
  readonly priority?: number;
  /** Whether a worker without capacity left may get it too. @default false */
  readonly ignoreCapacity?: boolean;
  /** SIDs of the workers with a pending reservation for it. They are not offered it twice. */
  readonly reservedWorkers?: readonly string[];
  /** SIDs of the workers who rejected it or let it time out. They come after all others. */
  readonly declinedWorkers?: readonly string[];
  /** Where an earlier evaluation left it. Without it the task enters the workflow anew. */
  readonly position?: RoutingPosition;
}

/** Where a task stands in its workflow. A trace gives it; the next evaluation goes on from it. */
export interface RoutingPosition {
  /** Index of the filter, or `"default"`. */
  readonly filter: number | "default";
  /** Index of the target; 0 in the default filter. */
  readonly target: number;
  /** Seconds of task age that the targets before this one were given. */
  readonly waited: number;
  readonly priority: number;
}

/** floor((1 − n / capacity) · 100), n being the active reservations; 0 without capacity. */
export function availableCapacityPercentage(channel: RoutingChannel): number {
  const { configuredCapacity, activeReservations } = channel;
  if (configuredCapacity <= 0) return 0;
  return Math.max(0, Math.floor((1 - activeReservations / configuredCapacity) * 100));
}

/** What `worker.` holds in a target: the attributes, and what TaskRouter adds, which wins. */
export function workerScope(worker: RoutingWorker): JsonObject {
  const channel: Record<string, Json> = {};
  for (const [name, state] of Object.entries(worker.channels)) {
    channel[name] = {
      configured_capacity: state.configuredCapacity,
      assigned_tasks: state.assignedTasks,
      available_capacity_percentage: availableCapacityPercentage(state),
    };
  }
  return {
    ...worker.attributes,
    sid: worker.sid,
    friendly_name: worker.friendlyName,
    activity_sid: worker.activitySid,
    activity_name: worker.activityName,
    channel,
  };
}

import type { TaskQueueInstance } from "twilio/lib/rest/taskrouter/v1/workspace/taskQueue.js";
import type { WorkerInstance } from "twilio/lib/rest/taskrouter/v1/workspace/worker.js";
import type { WorkerChannelInstance } from "twilio/lib/rest/taskrouter/v1/workspace/worker/workerChannel.js";
import type { JsonObject, RoutingChannel, RoutingQueue, RoutingWorker } from "../../routing/index.ts";
import { parseAttributes } from "./attributes.ts";

/** A TaskQueue as the SDK gives it, for routing/. */
export function routingQueue(
  queue: Pick<TaskQueueInstance, "sid" | "friendlyName" | "targetWorkers" | "maxReservedWorkers">,
): RoutingQueue {
  const { sid, friendlyName, targetWorkers, maxReservedWorkers } = queue;
  // A queue without an expression has every worker.
  return { sid, friendlyName, targetWorkers: targetWorkers || undefined, maxReservedWorkers };
}

/** A worker channel as the SDK gives it, for routing/. */
export function routingChannel(
  channel: Pick<
    WorkerChannelInstance,
    "available" | "configuredCapacity" | "assignedTasks" | "availableCapacityPercentage"
  >,
): RoutingChannel {
  const { available, configuredCapacity, assignedTasks, availableCapacityPercentage } = channel;
  // Twilio tells of pending and wrapping reservations by this share alone: floor((1 − n / capacity) · 100).
  const taken = (configuredCapacity * (100 - availableCapacityPercentage)) / 100;
  return { available, configuredCapacity, assignedTasks, activeReservations: Math.floor(taken + 1e-9) };
}

/** All channels of a worker, by unique name. */
export function routingChannels(
  channels: readonly (Parameters<typeof routingChannel>[0] & { taskChannelUniqueName: string })[],
): Record<string, RoutingChannel> {
  return Object.fromEntries(channels.map((one) => [one.taskChannelUniqueName, routingChannel(one)]));
}

/** A worker as the SDK gives it, for routing/. Since when it has been idle Twilio does not tell; its last change of activity stands in. */
export function routingWorker(
  worker: Pick<
    WorkerInstance,
    "sid" | "friendlyName" | "attributes" | "activitySid" | "activityName" | "available" | "dateStatusChanged"
  >,
  channels: Readonly<Record<string, RoutingChannel>>,
): RoutingWorker {
  const { sid, friendlyName, activitySid, activityName, available, dateStatusChanged } = worker;
  return {
    sid,
    friendlyName,
    attributes: parseAttributes(worker.attributes) as JsonObject,
    activitySid,
    activityName,
    available,
    channels,
    idleSince: dateStatusChanged?.getTime() ?? 0,
  };
}

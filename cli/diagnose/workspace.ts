import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import type { WorkerInstance } from "twilio/lib/rest/taskrouter/v1/workspace/worker.js";
import type { WorkerChannelInstance } from "twilio/lib/rest/taskrouter/v1/workspace/worker/workerChannel.js";
import {
  compileWorkflow,
  Roster,
  routeTask,
  type JsonObject,
  type RoutingChannel,
  type RoutingQueue,
  type RoutingTrace,
  type RoutingWorker,
} from "../../routing/index.ts";
import { parseAttributes } from "./attributes.ts";
import type { Reads } from "./reads.ts";

/** Channels of workers are asked for one worker at a time: only of so many. */
const maxWorkersAsked = 25;

export interface TracedTask {
  readonly attributes: JsonObject;
  /** Seconds. */
  readonly age: number;
  readonly taskChannel: string;
  readonly priority: number;
  readonly reservedWorkers?: readonly string[];
  readonly declinedWorkers?: readonly string[];
}

/**
 * What the workflow does with a task now, with the account's own queues, workers, activities and capacities. First all
 * workers are taken to have room; of those who would then get the task the real channels are looked up.
 *
 * @throws WorkflowError when the workflow's configuration, or a queue's expression, is none
 */
export async function traceTask(
  reads: Reads,
  workflow: { readonly configuration: string },
  task: TracedTask,
): Promise<RoutingTrace> {
  const queues = (await reads.queues()).map((queue): RoutingQueue => ({
    sid: queue.sid,
    friendlyName: queue.friendlyName,
    ...(queue.targetWorkers && { targetWorkers: queue.targetWorkers }),
    maxReservedWorkers: queue.maxReservedWorkers,
  }));
  const compiled = compileWorkflow(workflow.configuration);
  const known = new Map<string, RoutingWorker["channels"]>();
  const workers = await reads.workers();
  const route = (): RoutingTrace => {
    const now = workers.map((worker) =>
      routingWorker(worker, known.get(worker.sid) ?? roomy(task.taskChannel)),
    );
    const roster = new Roster({ queues, workers: now });
    return routeTask({ workflow: compiled, roster, task, now: new Date(reads.account.now()) });
  };
  for (;;) {
    const trace = route();
    const ask = eligible(trace).filter((sid) => !known.has(sid));
    if (ask.length === 0 || known.size >= maxWorkersAsked) return trace;
    const room = maxWorkersAsked - known.size;
    const asked = ask.slice(0, room);
    const channels = await Promise.all(asked.map((sid) => reads.workerChannels(sid)));
    asked.forEach((sid, index) => known.set(sid, routingChannels(channels[index] ?? [])));
  }
}

/** A task of the account as routing takes it. */
export function tracedTask(task: TaskInstance): TracedTask {
  return {
    attributes: parseAttributes(task.attributes) as JsonObject,
    age: task.age,
    taskChannel: task.taskChannelUniqueName,
    priority: task.priority,
  };
}

function eligible({ filters, defaultStep }: RoutingTrace): string[] {
  const steps = [...filters.flatMap((filter) => filter.steps), ...(defaultStep ? [defaultStep] : [])];
  return [
    ...new Set(steps.flatMap(({ workers }) => workers.filter((one) => one.eligible).map(({ sid }) => sid))),
  ];
}

function routingWorker(worker: WorkerInstance, channels: RoutingWorker["channels"]): RoutingWorker {
  return {
    sid: worker.sid,
    friendlyName: worker.friendlyName,
    attributes: parseAttributes(worker.attributes) as JsonObject,
    activitySid: worker.activitySid,
    activityName: worker.activityName,
    available: worker.available,
    channels,
    idleSince: worker.dateStatusChanged?.getTime() ?? 0,
  };
}

function roomy(taskChannel: string): RoutingWorker["channels"] {
  return {
    [taskChannel]: { available: true, configuredCapacity: 1, assignedTasks: 0, activeReservations: 0 },
  };
}

function routingChannels(channels: readonly WorkerChannelInstance[]): RoutingWorker["channels"] {
  return Object.fromEntries(channels.map((one) => [one.taskChannelUniqueName, routingChannel(one)]));
}

/** Twilio tells accepted tasks, and what is left of the capacity in percent: that says how many are open in all. */
function routingChannel(channel: WorkerChannelInstance): RoutingChannel {
  const { configuredCapacity, assignedTasks, availableCapacityPercentage } = channel;
  const taken = Math.round(configuredCapacity * (1 - availableCapacityPercentage / 100));
  return {
    available: channel.available,
    configuredCapacity,
    assignedTasks,
    activeReservations: Math.max(taken, assignedTasks),
  };
}

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
import type { Reads } from "./reads/reads.ts";

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

/** What a workflow makes of a task. */
export interface Traced {
  readonly trace: RoutingTrace;
  /** Workers who are left out: they fit but for their room, which was not asked for. */
  readonly leftOut: number;
}

/**
 * What the workflow does with a task now, with the account's own queues, workers, activities and capacities. First all
 * workers are taken to have room; of those who would then get the task the real channels are looked up.
 *
 * @throws WorkflowError when the workflow's configuration, or a queue's expression, is none
 */
export async function traceTask(
  reads: Pick<Reads, "account" | "taskrouter">,
  workflow: { readonly configuration: string },
  task: TracedTask,
): Promise<Traced> {
  const queues = (await reads.taskrouter.queues()).map((queue): RoutingQueue => ({
    sid: queue.sid,
    friendlyName: queue.friendlyName,
    ...(queue.targetWorkers && { targetWorkers: queue.targetWorkers }),
    maxReservedWorkers: queue.maxReservedWorkers,
  }));
  const compiled = compileWorkflow(workflow.configuration);
  const workers = await reads.taskrouter.workers();
  const channels = new Map<string, RoutingWorker["channels"]>();
  const route = (these: readonly WorkerInstance[]): RoutingTrace => {
    const now = these.map((worker) =>
      routingWorker(worker, channels.get(worker.sid) ?? roomy(task.taskChannel)),
    );
    const roster = new Roster({ queues, workers: now });
    return routeTask({ workflow: compiled, roster, task, now: new Date(reads.account.now()) });
  };
  for (;;) {
    const trace = route(workers);
    const open = eligible(trace).filter((sid) => !channels.has(sid));
    if (open.length === 0) return { trace, leftOut: 0 };
    const asked = open.slice(0, maxWorkersAsked - channels.size);
    if (asked.length === 0)
      return { trace: route(workers.filter(({ sid }) => !open.includes(sid))), leftOut: open.length };
    const found = await Promise.all(asked.map((sid) => reads.taskrouter.workerChannels(sid)));
    asked.forEach((sid, index) => channels.set(sid, routingChannels(found[index] ?? [])));
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

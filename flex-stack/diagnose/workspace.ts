import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import {
  compileWorkflow,
  Roster,
  routeTask,
  type JsonObject,
  type RoutingTrace,
} from "../../routing/index.ts";
import { withKnownCapacity } from "../account/known-capacity.ts";
import { routingChannels, routingQueue, routingWorker } from "../account/routing-state.ts";
import { parseAttributes } from "../account/attributes.ts";
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
  const queues = (await reads.taskrouter.queues()).map(routingQueue);
  const compiled = compileWorkflow(workflow.configuration);
  const { found, leftOut } = await withKnownCapacity({
    workers: (await reads.taskrouter.workers()).map((worker) => routingWorker(worker, {})),
    taskChannels: [task.taskChannel],
    read: async (sid) => routingChannels(await reads.taskrouter.workerChannels(sid)),
    evaluate: (workers) =>
      routeTask({
        workflow: compiled,
        roster: new Roster({ queues, workers }),
        task,
        now: new Date(reads.account.now()),
      }),
    eligible,
    limit: maxWorkersAsked,
  });
  return { trace: found, leftOut: leftOut.length };
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

import { compileSource, ExpressionError, type JsonObject } from "../../../routing/index.ts";
import { parseAttributes } from "../../account/attributes.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import type { Reads } from "../reads/reads.ts";
import type { Check } from "./check.ts";
import { Surroundings, readWorkflow, travels, type ReadWorkflow } from "../../meaning/index.ts";

/** Queues that no worker is in: where all queues of a task are such, nobody ever gets it. */
export const queues: Check = {
  name: "queues",
  holds: "Every task comes to a queue that has workers.",
  async find({ reads }) {
    const empty = await emptyQueues(reads);
    const found: Problem[] = [];
    for (const { sid, friendlyName, configuration, workspaceSid } of await reads.taskrouter.workflows()) {
      const workflow = readWorkflow(configuration, new Surroundings([]));
      for (const { tasks, stops } of workflow ? waysOf(workflow) : []) {
        if (stops.length === 0 || !stops.every((queue) => empty.has(queue))) continue;
        const names = [...new Set(stops.map((queue) => empty.get(queue)))].join(", ");
        found.push({
          cause: "queue-unserved",
          sentence: `Nobody gets ${tasks} of the workflow ${friendlyName} (${sid}): they come to ${names} alone, and no worker of the workspace fits that.`,
          fix: "Give a worker what the queue's expression asks for, or add a target of a queue that has workers.",
          page: consolePage.workflow(workspaceSid, sid),
        });
      }
    }
    return found;
  },
  async remark({ reads }) {
    const empty = await emptyQueues(reads);
    const led = new Set(
      (await reads.taskrouter.workflows()).flatMap(({ configuration }) => {
        const workflow = readWorkflow(configuration, new Surroundings([]));
        return workflow ? waysOf(workflow).flatMap(({ stops }) => stops) : [];
      }),
    );
    const names = [...empty].flatMap(([queue, name]) => (led.has(queue) ? [name] : [])).sort();
    return names.length > 0
      ? `Nobody serves ${names.join(", ")}: tasks only wait there for the next.`
      : undefined;
  },
};

/** Names of the queues that no worker of the workspace is in, by SID. */
async function emptyQueues(reads: Reads): Promise<ReadonlyMap<string, string>> {
  const [queues, workers] = await Promise.all([reads.taskrouter.queues(), reads.taskrouter.workers()]);
  const all = workers.map(({ attributes }) => parseAttributes(attributes) as JsonObject);
  return new Map(
    queues
      .filter(({ targetWorkers }) => isEmpty(targetWorkers || "1==1", all))
      .map(({ sid, friendlyName }) => [sid, friendlyName]),
  );
}

/** The queues that tasks pass, in order: those that fit a filter, and those that fit none. */
function waysOf(workflow: ReadWorkflow): { tasks: string; stops: string[] }[] {
  const { defaultQueue } = workflow;
  return [
    ...travels(workflow).map(({ task, journey }) => ({
      tasks: `tasks with ${task.label}`,
      stops: journey.stops.map(({ queue }) => queue),
    })),
    ...(defaultQueue === undefined ? [] : [{ tasks: "tasks that match no filter", stops: [defaultQueue] }]),
  ];
}

/** An expression that is none is told of elsewhere. */
function isEmpty(targetWorkers: string, workers: readonly JsonObject[]): boolean {
  try {
    const { test } = compileSource(targetWorkers);
    return !workers.some((attributes) => test(attributes));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return false;
  }
}

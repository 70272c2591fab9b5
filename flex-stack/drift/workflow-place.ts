import { parsedJson } from "../values/property-value.ts";
import { valueAt, type ConfigContext, type Edit } from "../config-files/edit.ts";
import { Inexpressible, workflowRules } from "../adopt/index.ts";

interface Target {
  readonly queue?: string;
  readonly expression?: string;
  readonly priority?: number;
  readonly timeout?: number;
  readonly skipIf?: string;
}

interface Rules {
  readonly filters?: readonly { readonly expression: string; readonly targets: readonly Target[] }[];
  readonly defaultQueue?: string;
}

/** The settings of a workflow that make this document; undefined where the configuration has no words for it. */
export function workflowPlaces(value: unknown, context: ConfigContext, key: string): Edit[] | undefined {
  const { config, keyOf } = context;
  const rules = rulesOf(value, (sid) => keyOf("twilio:taskrouter:TaskQueue", sid));
  if (rules === undefined) return undefined;
  const { filters = [], defaultQueue } = rules;
  const targeted = isTargeted(config, key) ? targetedOf(filters[0]) : undefined;
  const others = targeted === undefined ? filters : filters.slice(1);
  return [
    { path: ["targeted"], value: targeted },
    { path: ["filters"], value: others.length > 0 ? others : undefined },
    { path: ["defaultQueue"], value: defaultQueue },
  ];
}

function rulesOf(value: unknown, queueKey: (sid: string) => string | undefined): Rules | undefined {
  try {
    return workflowRules(parsedJson(value) as Parameters<typeof workflowRules>[0], queueKey);
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

/** Whether the workflow is configured to send tasks to the worker they name. */
function isTargeted(config: ConfigContext["config"], key: string): boolean {
  return valueAt(config, ["routing", "workflows", key, "targeted"]) !== undefined;
}

/** `targeted` for the filter that the components make of it; undefined where it is no longer that. */
function targetedOf(filter: NonNullable<Rules["filters"]>[number] | undefined): object | undefined {
  const [worker, overflow, ...more] = filter?.targets ?? [];
  if (filter?.expression !== "targetWorker != null" || worker === undefined || overflow === undefined)
    return undefined;
  const { queue, expression, timeout, skipIf, ...workerRest } = worker;
  const { queue: overflowQueue, priority, ...overflowRest } = overflow;
  const strangers = Object.keys({ ...workerRest, ...overflowRest }).length + more.length;
  if (expression !== "task.targetWorker == worker.contact_uri" || strangers > 0 || queue === undefined)
    return undefined;
  return {
    queue,
    overflow: overflowQueue,
    ...(timeout !== undefined && { timeout }),
    ...(skipIf !== undefined && { skipIf }),
    ...(priority !== undefined && { overflowPriority: priority }),
  };
}

import type * as pulumi from "@pulumi/pulumi";
import { pick, type Keyed } from "../keyed.ts";

/** One place a task goes to, for a time. Targets are tried in order. */
export interface TargetArgs {
  /** Key of the queue. @default the queue of the target before this one; the first target needs one */
  queue?: string;
  /** Narrows the queue's workers, e.g. `worker.level > task.level`. @default every worker of the queue */
  expression?: string;
  /** New priority of the task, from 0; higher is served first. @default the task keeps its priority */
  priority?: number;
  /** Seconds before the next target is tried. @default the task waits here until its own time to live ends */
  timeout?: number;
  /** Which of the eligible workers comes first, e.g. `worker.level DESC`. @default the longest idle */
  orderBy?: string;
  /** Leaves this target at once where it holds and nobody can be reserved, e.g. `workers.available == 0`. */
  skipIf?: string;
  /** The task attribute that holds the SID of the worker to offer the task to, e.g. `task.agentSid`. */
  knownWorkerSid?: string;
  /** The task attribute that holds the name of the worker to offer the task to. */
  knownWorkerFriendlyName?: string;
}

/** Tasks of one sort, and where they go. */
export interface FilterArgs {
  /** Name of the filter, as the console shows it. */
  friendlyName: string;
  /** Over task attributes, e.g. `skill == "billing"`. The first filter that holds is used. */
  expression: string;
  /** Where those tasks go, in order. At least one. */
  targets: readonly TargetArgs[];
}

/** What a workflow does with tasks, by queue key. */
export interface WorkflowRules {
  filters?: readonly FilterArgs[];
  /** Key of the queue for tasks that match no filter. @default such tasks are canceled */
  defaultQueue?: string;
}

/**
 * The configuration of a workflow in Twilio's words, with the SIDs of the queues in place of their keys.
 * `usedBy` names the place in errors.
 */
export function workflowConfiguration(
  rules: WorkflowRules,
  queueSids: Keyed<pulumi.Input<string>>,
  usedBy: string,
): WorkflowConfiguration {
  const queue = (key: string) => pick(queueSids, key, "queue", usedBy);
  return {
    task_routing: {
      filters: (rules.filters ?? []).map(({ friendlyName, expression, targets }) => ({
        filter_friendly_name: friendlyName,
        expression,
        targets: targets.map((target) =>
          defined({
            queue: target.queue === undefined ? undefined : queue(target.queue),
            expression: target.expression,
            priority: target.priority,
            timeout: target.timeout,
            order_by: target.orderBy,
            skip_if: target.skipIf,
            known_worker_sid: target.knownWorkerSid,
            known_worker_friendly_name: target.knownWorkerFriendlyName,
          }),
        ),
      })),
      ...(rules.defaultQueue === undefined ? {} : { default_filter: { queue: queue(rules.defaultQueue) } }),
    },
  };
}

/** TaskRouter's own format; SIDs may still be unknown. */
export interface WorkflowConfiguration {
  task_routing: {
    filters: {
      filter_friendly_name: string;
      expression: string;
      targets: Partial<Record<string, pulumi.Input<string> | number>>[];
    }[];
    default_filter?: { queue: pulumi.Input<string> };
  };
}

function defined<Value>(values: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

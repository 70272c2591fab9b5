import type { FilterArgs } from "./workflow-configuration.ts";

/** Sends a task to the one worker it names, and elsewhere when that worker does not take it. */
export interface TargetedRoutingArgs {
  /** Key of a queue that holds every worker a task may name. */
  queue: string;
  /** Key of the queue that takes over after `timeout`, so that nobody waits for an agent who is away. */
  overflow: string;
  /** Seconds the named worker has. @default 60 */
  timeout?: number;
  /**
   * Goes to the overflow at once where it holds, e.g. `workers.available == 0` to not wait for a worker
   * who is away. @default the named worker always gets the entire timeout
   */
  skipIf?: string;
  /** Priority of the task in the overflow queue, from 0: the customer has waited. @default unchanged */
  overflowPriority?: number;
}

/** The task attribute that names a worker, by the worker's `contact_uri`. */
export const targetWorkerAttribute = "targetWorker";

/**
 * The filter for tasks whose attribute `targetWorker` names a worker, e.g. an outbound message of that
 * agent, or a customer who comes back to the agent they know:
 *
 * ```json
 * { "targetWorker": "client:alice_40example_2Ecom" }
 * ```
 */
export function targetedRouting(args: TargetedRoutingArgs): FilterArgs {
  return {
    friendlyName: "Named worker",
    expression: `${targetWorkerAttribute} != null`,
    targets: [
      {
        queue: args.queue,
        expression: `task.${targetWorkerAttribute} == worker.contact_uri`,
        timeout: args.timeout ?? 60,
        skipIf: args.skipIf,
      },
      { queue: args.overflow, priority: args.overflowPriority },
    ],
  };
}

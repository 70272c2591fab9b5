import { routeTask, type RoutingRequest } from "./route.ts";
import type { RoutingTrace } from "./trace.ts";

/** One evaluation of a task that is followed through its workflow. */
export interface Stage {
  /** Seconds since the task was created. */
  readonly age: number;
  readonly trace: RoutingTrace;
}

/**
 * Follows a task through its workflow while nothing else changes: it is evaluated now and then each time a target's
 * time is over, until somebody is offered it, it ends, or it stays where it is. `request.now` is when its age is
 * `request.task.age`; conditions on the time see the time of each stage.
 *
 * @returns at least one stage, oldest first
 * @throws WorkflowError when TargetWorkers of a queue is no expression.
 */
export function followTask(request: RoutingRequest): Stage[] {
  const start = request.task.age;
  const stages: Stage[] = [];
  let { age, position } = request.task;
  for (;;) {
    const now = new Date(request.now.getTime() + (age - start) * 1000);
    const trace = routeTask({ ...request, task: { ...request.task, age, position }, now });
    stages.push({ age, trace });
    const { outcome } = trace;
    // A step is over strictly later than it began, so this ends with the last target.
    if (outcome.kind !== "waiting" || outcome.until === undefined) return stages;
    ({ until: age, position } = outcome as typeof outcome & { until: number });
  }
}

import type { Json, JsonObject } from "../json.ts";
import type { CompiledExpression } from "../expression/compiled.ts";
import { describeCause, describeValue, explainExpression, type Cause } from "../expression/explain.ts";
import type { RosterQueue, RosterWorker } from "./roster.ts";
import type { RoutingTask } from "./workspace.ts";

/** Why a worker does not get a task in a step. A worker may have several reasons. */
export type Ineligibility =
  /** TargetWorkers of the queue is false for the worker. */
  | { readonly reason: "not in queue"; readonly queue: string; readonly causes: readonly Cause[] }
  /** The step is for the one worker whom the task names. */
  | { readonly reason: "not the known worker"; readonly wanted: Json }
  /** The expression of the target is false for the worker. */
  | { readonly reason: "expression"; readonly source: string; readonly causes: readonly Cause[] }
  | { readonly reason: "activity"; readonly activityName: string }
  /** The worker has no such channel, or it is switched off. */
  | { readonly reason: "channel"; readonly channel: string; readonly exists: boolean }
  | {
      readonly reason: "capacity";
      readonly channel: string;
      readonly used: number;
      readonly capacity: number;
    }
  /** The worker has a pending reservation for this very task. */
  | { readonly reason: "already reserved" };

/** All that decides in one step who may get the task. */
export interface StepRule {
  readonly queue: RosterQueue;
  readonly expression: CompiledExpression | undefined;
  /** Set in a step with a known worker. */
  readonly knownWorker: { readonly by: "sid" | "friendly_name"; readonly wanted: Json } | undefined;
  readonly task: RoutingTask;
  /** What `taskrouter.` holds. */
  readonly clock: JsonObject;
}

/** What a target expression is evaluated against. */
export function targetScope(rule: StepRule, worker: RosterWorker): JsonObject {
  return { task: rule.task.attributes, worker: worker.scope, taskrouter: rule.clock };
}

/** Whether a worker of the queue gets the task: the same answer as `ineligibilities`, without the words. */
export function isEligible(rule: StepRule, worker: RosterWorker): boolean {
  const { state } = worker;
  return (
    state.available &&
    isKnownWorker(rule, worker) &&
    channelObstacle(rule.task, worker) === undefined &&
    rule.task.reservedWorkers?.includes(state.sid) !== true &&
    (rule.expression === undefined || rule.expression.test(targetScope(rule, worker)))
  );
}

/** Every reason why a worker does not get the task; none when he or she does. */
export function ineligibilities(rule: StepRule, worker: RosterWorker): Ineligibility[] {
  const { queue, expression, task, knownWorker } = rule;
  const reasons: Ineligibility[] = [];
  const membership = explainExpression(queue.targetWorkers.tree, worker.state.attributes);
  if (!membership.value) {
    reasons.push({ reason: "not in queue", queue: queue.queue.friendlyName, causes: membership.causes });
  }
  if (knownWorker && !isKnownWorker(rule, worker)) {
    reasons.push({ reason: "not the known worker", wanted: knownWorker.wanted });
  }
  if (expression) {
    const { value, causes } = explainExpression(expression.tree, targetScope(rule, worker));
    if (!value) reasons.push({ reason: "expression", source: expression.source, causes });
  }
  if (!worker.state.available) {
    reasons.push({ reason: "activity", activityName: worker.state.activityName });
  }
  const obstacle = channelObstacle(task, worker);
  if (obstacle) reasons.push(obstacle);
  if (task.reservedWorkers?.includes(worker.state.sid)) reasons.push({ reason: "already reserved" });
  return reasons;
}

function isKnownWorker({ knownWorker }: StepRule, { state }: RosterWorker): boolean {
  if (!knownWorker) return true;
  return (knownWorker.by === "sid" ? state.sid : state.friendlyName) === knownWorker.wanted;
}

/** IgnoreCapacity lifts the capacity only: a channel that is switched off stays off. */
function channelObstacle(task: RoutingTask, { state }: RosterWorker): Ineligibility | undefined {
  const channel = task.taskChannel ?? "default";
  const own = Object.hasOwn(state.channels, channel) ? state.channels[channel] : undefined;
  if (!own?.available) return { reason: "channel", channel, exists: own !== undefined };
  const { activeReservations: used, configuredCapacity: capacity } = own;
  if (used < capacity || task.ignoreCapacity === true) return undefined;
  return { reason: "capacity", channel, used, capacity };
}

/** `not in queue Support: skills HAS "support" is false: skills is missing` */
export function describeIneligibility(ineligibility: Ineligibility): string {
  switch (ineligibility.reason) {
    case "not in queue":
      return `not in queue ${ineligibility.queue}: ${describeCauses(ineligibility.causes)}`;
    case "not the known worker":
      return ineligibility.wanted === null
        ? "the step is for a known worker, and the task names none"
        : `the step is for the known worker ${describeValue(ineligibility.wanted)} only`;
    case "expression":
      return describeCauses(ineligibility.causes);
    case "activity":
      return `activity ${JSON.stringify(ineligibility.activityName)} is not available`;
    case "channel":
      return `channel ${JSON.stringify(ineligibility.channel)} ${ineligibility.exists ? "is switched off" : "does not exist"}`;
    case "capacity":
      return `no capacity on channel ${JSON.stringify(ineligibility.channel)}: ${ineligibility.used}/${ineligibility.capacity}`;
    case "already reserved":
      return "already has a reservation for this task";
  }
}

export function describeCauses(causes: readonly Cause[]): string {
  return causes.map(describeCause).join("; ");
}

import type { JsonObject } from "../json.ts";
import type { Expression } from "../expression/ast.ts";
import { describeCause, doubtsIn, explainExpression } from "../expression/explain.ts";
import { printExpression, printPath } from "../expression/printer.ts";
import { referencesOf } from "../expression/references.ts";
import { resolvePath } from "../expression/resolve.ts";
import { taskrouterClock } from "../expression/scope.ts";
import type { CompiledFilter, CompiledTarget, CompiledWorkflow } from "./compile.ts";
import { offer, type Offer } from "./offer.ts";
import { targetScope, type StepRule } from "./eligibility.ts";
import type { Roster } from "./roster.ts";
import {
  workflowTimeoutReason,
  type FilterTrace,
  type KnownWorkerTrace,
  type Placement,
  type RoutingOutcome,
  type RoutingTrace,
  type StepTrace,
} from "./trace.ts";
import type { RoutingPosition, RoutingTask } from "./workspace.ts";

export interface RoutingRequest {
  readonly workflow: CompiledWorkflow;
  readonly roster: Roster;
  readonly task: RoutingTask;
  /** The instant of the evaluation, for `taskrouter.`. The age of the task is given with the task. */
  readonly now: Date;
  /** Whether the trace says why; false leaves causes and workers empty, and is many times faster. @default true */
  readonly reasons?: boolean;
}

/**
 * Evaluates a task against a workflow at one instant.
 *
 * The first matching filter takes the task through its targets. A target offers it to the eligible workers of its
 * queue; when there are none, its skip_if is looked at, once, on entry; otherwise the task waits until its age
 * reaches the sum of the timeouts so far. After the last target the next matching filter follows.
 *
 * Where Twilio's documentation leaves room, this is how it is read:
 * - A skipped target adds nothing to the sum of timeouts: the time it would have taken isn't given to the next one.
 * - The way the last matching filter was left decides the end: by skip_if, and the default filter applies (without
 *   one, the task is removed); by timeout, and the task is canceled.
 * - A target the task is too old for is left without looking at its workers or its skip_if, but its priority counts.
 * - A known worker must be in the queue and fit the expression like any other.
 * - Workers who declined the task before get it again, after all others.
 *
 * Never throws for a roster whose queues have valid expressions.
 *
 * @throws WorkflowError when TargetWorkers of a queue is no expression.
 */
export function routeTask(request: RoutingRequest): RoutingTrace {
  return new Walk(request).run();
}

/** How a step ended: with a place for the task, or on the way to the next step. */
type StepEnd = { readonly outcome: RoutingOutcome } | { readonly left: "timeout" | "skip_if" };

class Walk {
  readonly #request: RoutingRequest;
  readonly #reasons: boolean;
  readonly #clock: JsonObject;
  readonly #position: RoutingPosition | undefined;
  readonly #filters: FilterTrace[] = [];
  #defaultStep: StepTrace | undefined;
  /** By comparison and what is doubtful about it. */
  readonly #doubts = new Map<string, string>();
  #priority: number;
  /** Seconds of task age the targets left so far were given. */
  #waited: number;

  constructor(request: RoutingRequest) {
    this.#request = request;
    this.#reasons = request.reasons ?? true;
    this.#clock = taskrouterClock(request.now);
    this.#position = validPosition(request);
    this.#priority = this.#position?.priority ?? request.task.priority ?? 0;
    this.#waited = this.#position?.waited ?? 0;
  }

  run(): RoutingTrace {
    const outcome = this.#walk();
    const doubts = [...this.#doubts.values()];
    return { filters: this.#filters, defaultStep: this.#defaultStep, doubts, outcome };
  }

  #doubt(expression: Expression, root: JsonObject): void {
    for (const cause of doubtsIn(expression, root)) {
      const key = `${printExpression(cause.comparison)} ${cause.note}`;
      if (!this.#doubts.has(key)) this.#doubts.set(key, describeCause(cause));
    }
  }

  #walk(): RoutingOutcome {
    const { filters, defaultQueueSid } = this.#request.workflow;
    const position = this.#position;
    if (position?.filter === "default" && defaultQueueSid !== undefined)
      return this.#default(defaultQueueSid);
    let left: "timeout" | "skip_if" | undefined;
    for (const [index, filter] of filters.entries()) {
      if (typeof position?.filter === "number" && index < position.filter) continue;
      const end =
        index === position?.filter ? this.#resume(filter, index, position) : this.#filter(filter, index);
      if (end === undefined) continue;
      if ("outcome" in end) return end.outcome;
      left = end.left;
    }
    if (left === "timeout") return { kind: "canceled", reason: workflowTimeoutReason };
    if (defaultQueueSid !== undefined) return this.#default(defaultQueueSid);
    return { kind: left === "skip_if" ? "skipped" : "unmatched" };
  }

  /** Undefined when the filter does not match. */
  #filter(filter: CompiledFilter, index: number): StepEnd | undefined {
    const root = { ...this.#request.task.attributes, taskrouter: this.#clock };
    const { value: matched, causes } = this.#reasons
      ? explainExpression(filter.expression.tree, root)
      : { value: filter.expression.test(root), causes: [] };
    if (this.#reasons) this.#doubt(filter.expression.tree, root);
    const steps: StepTrace[] = [];
    this.#filters.push({ index, name: filter.name, matched, causes, steps });
    return matched ? this.#targets(filter, index, 0, steps) : undefined;
  }

  #resume(filter: CompiledFilter, index: number, position: RoutingPosition): StepEnd {
    const steps: StepTrace[] = [];
    this.#filters.push({ index, name: filter.name, matched: true, causes: [], steps });
    return this.#targets(filter, index, position.target, steps, true);
  }

  /** Goes through the targets from `first` on; `inside` when the task entered the first of them earlier. */
  #targets(
    filter: CompiledFilter,
    index: number,
    first: number,
    steps: StepTrace[],
    inside = false,
  ): StepEnd {
    let end: StepEnd = { left: "timeout" };
    for (let target = first; target < filter.targets.length; target++) {
      end = this.#target(filter.targets[target] as CompiledTarget, { index, target }, steps, {
        entering: !inside || target !== first,
      });
      if ("outcome" in end) return end;
    }
    return end;
  }

  #target(
    target: CompiledTarget,
    at: { index: number; target: number },
    steps: StepTrace[],
    { entering }: { entering: boolean },
  ): StepEnd {
    this.#priority = target.priority ?? this.#priority;
    const until = target.timeout === undefined ? undefined : this.#waited + target.timeout;
    const position = {
      filter: at.index,
      target: at.target,
      waited: this.#waited,
      priority: this.#priority,
    };
    if (until !== undefined && this.#request.task.age >= until) {
      steps.push(this.#step(target, at.target, until, { result: "timed out" }));
      this.#waited = until;
      return { left: "timeout" };
    }
    const knownWorker = this.#knownWorker(target);
    const offered = this.#offer(target, knownWorker);
    if (offered.chosen.length > 0) {
      steps.push(this.#step(target, at.target, until, { result: "offered", knownWorker, offered }));
      return { outcome: this.#place(target.queueSid, until, position, offered) };
    }
    const skipIf = entering && this.#reservedNow === 0 ? this.#skipIf(target) : undefined;
    const result = skipIf?.value === true ? "skipped" : "waiting";
    steps.push(this.#step(target, at.target, until, { result, knownWorker, offered, skipIf }));
    if (result === "skipped") return { left: "skip_if" };
    return { outcome: this.#place(target.queueSid, until, position, offered) };
  }

  #default(queueSid: string): RoutingOutcome {
    const target = { queueSid, orderBy: [], expression: undefined };
    const offered = this.#offer(target, undefined);
    const result = offered.chosen.length > 0 ? "offered" : "waiting";
    this.#defaultStep = this.#step(target, 0, undefined, { result, offered });
    const position = {
      filter: "default",
      target: 0,
      waited: this.#waited,
      priority: this.#priority,
    } as const;
    return this.#place(queueSid, undefined, position, offered);
  }

  get #reservedNow(): number {
    return this.#request.task.reservedWorkers?.length ?? 0;
  }

  #offer(
    target: Pick<CompiledTarget, "queueSid" | "orderBy" | "expression"> & Partial<CompiledTarget>,
    known: KnownWorkerTrace | undefined,
  ): Offer {
    const { roster, task } = this.#request;
    const queue = roster.queue(target.queueSid);
    if (!queue) return { chosen: [], verdicts: [] };
    const rule: StepRule = {
      queue,
      expression: target.expression,
      knownWorker: target.knownWorker && { by: target.knownWorker.by, wanted: known?.value ?? null },
      task,
      clock: this.#clock,
    };
    if (this.#reasons) this.#doubtStep(rule, roster);
    return offer({ rule, roster, orderBy: target.orderBy, reasons: this.#reasons });
  }

  #doubtStep(rule: StepRule, roster: Roster): void {
    for (const { state } of roster.workers) this.#doubt(rule.queue.targetWorkers.tree, state.attributes);
    if (!rule.expression) return;
    for (const worker of rule.queue.members) this.#doubt(rule.expression.tree, targetScope(rule, worker));
  }

  #knownWorker({ knownWorker }: CompiledTarget): KnownWorkerTrace | undefined {
    if (!knownWorker) return undefined;
    const { task, roster } = this.#request;
    const value = resolvePath(knownWorker.path, { task: task.attributes });
    const worker = value == null ? undefined : roster.find(knownWorker.by, value);
    return { attribute: printPath(knownWorker.path), value, workerSid: worker?.state.sid };
  }

  #skipIf({ skipIf, queueSid }: CompiledTarget): StepTrace["skipIf"] {
    if (!skipIf) return undefined;
    const { roster, task } = this.#request;
    const workers = activityCounts(skipIf.tree, roster.queue(queueSid)?.counts);
    const root = { workers, task: task.attributes, taskrouter: this.#clock };
    if (this.#reasons) this.#doubt(skipIf.tree, root);
    return { source: skipIf.source, ...explainExpression(skipIf.tree, root) };
  }

  #step(
    { queueSid }: { queueSid: string },
    target: number,
    until: number | undefined,
    found: Pick<StepTrace, "result"> &
      Partial<Pick<StepTrace, "knownWorker" | "skipIf">> & { offered?: Offer },
  ): StepTrace {
    return {
      target,
      queueSid,
      queueName: this.#request.roster.queue(queueSid)?.queue.friendlyName,
      priority: this.#priority,
      until,
      result: found.result,
      knownWorker: found.knownWorker,
      skipIf: found.skipIf,
      workers: found.offered?.verdicts ?? [],
    };
  }

  #place(
    queueSid: string,
    until: number | undefined,
    position: RoutingPosition,
    { chosen }: Offer,
  ): RoutingOutcome {
    const queueName = this.#request.roster.queue(queueSid)?.queue.friendlyName;
    const placement: Placement = { queueSid, queueName, priority: this.#priority, until, position };
    if (chosen.length === 0) return { kind: "waiting", ...placement };
    const workers = chosen.map(({ state }) => ({ sid: state.sid, friendlyName: state.friendlyName }));
    return { kind: "offered", ...placement, workers };
  }
}

/** What `workers.` holds: a number also for the activities nobody is in, and for a queue that isn't there. */
function activityCounts(
  skipIf: Expression,
  counts: JsonObject = { available: 0, unavailable: 0 },
): JsonObject {
  const activities = referencesOf(skipIf)
    .map(({ path }) => path[1])
    .filter((name) => typeof name === "string" && name.startsWith("WA"));
  return { ...Object.fromEntries(activities.map((name) => [name, 0])), ...counts };
}

/** The task's position, unless the workflow was changed so that it points nowhere: then the task starts anew. */
function validPosition({ task, workflow }: RoutingRequest): RoutingPosition | undefined {
  const { position } = task;
  if (position === undefined) return undefined;
  const exists =
    position.filter === "default"
      ? workflow.defaultQueueSid !== undefined
      : workflow.filters[position.filter]?.targets[position.target] !== undefined;
  return exists ? position : undefined;
}

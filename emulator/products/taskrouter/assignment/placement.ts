import {
  type CompiledWorkflow,
  compileWorkflow,
  nextClockChange,
  type Placement,
  routeTask,
  type RoutingOutcome,
  type RoutingTask,
  type RoutingTrace,
  type RoutingWorker,
} from "../../../../routing/index.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { Draft } from "../../../kernel/resource.ts";
import { attributesOf } from "../stored/attributes.ts";
import { type Task, workflow } from "../stored/kinds.ts";
import { reservationsOf } from "../stored/reservationsOf.ts";
import { floorOf } from "./floor.ts";

/** A task as routing sees it, stored or about to be. */
interface Candidate {
  readonly workspaceSid: string;
  readonly fields: Task;
  readonly created: number;
  /** SIDs of the workers who have a pending reservation for it. */
  readonly reservedWorkers: readonly string[];
}

const compiled = new Map<string, CompiledWorkflow>();
const maxCompiled = 100;

/** Where a task belongs at this moment and who could get it, by its routing target or its workflow. */
export function route(context: Context, candidate: Candidate): RoutingOutcome {
  const { routing_target: target } = candidate.fields;
  return target?.startsWith("WK") === true
    ? routeToWorker(candidate, floorOf(context, candidate.workspaceSid).worker(context, target))
    : trace(context, candidate, false).outcome;
}

/**
 * Why a task is where it is: what its workflow makes of it at this moment, with the reasons for and against every
 * worker. Undefined for a task that is routed straight to a worker: it passes no workflow.
 */
export function explainRouting(context: Context, document: Document<Task>): RoutingTrace | undefined {
  if (document.fields.routing_target?.startsWith("WK") === true) return undefined;
  return trace(context, asCandidate(context, document), true);
}

export function asCandidate(
  context: Context,
  { sid, parentSid, fields, created }: Document<Task>,
): Candidate {
  const pending = reservationsOf(context, parentSid, sid, ["pending"]);
  const reservedWorkers = pending.map((reservation) => reservation.fields.worker_sid);
  return { workspaceSid: parentSid, fields, created, reservedWorkers };
}

/** Finds the place of a new task in its workflow. @throws TwilioError when no filter takes it */
export function placeNewTask({ fields, parentSid }: Draft<Task>, context: Context): void {
  const candidate = { workspaceSid: parentSid, fields, created: context.now, reservedWorkers: [] };
  const outcome = route(context, candidate);
  if (outcome.kind === "unmatched") {
    throw invalid(
      `The task matches no filter of workflow ${fields.workflow_sid ?? ""}, which has no default filter. ` +
        "Twilio creates no such task: change its attributes or the workflow",
    );
  }
  // One that its workflow would end at once is created all the same, and ended with the transaction.
  if (outcome.kind === "offered" || outcome.kind === "waiting") place(fields, outcome, context.now);
}

/**
 * When the clock may next change who fits a waiting task, in milliseconds since 1970; undefined when the expression of
 * its step does not read `taskrouter.`. Twilio does not say when it looks again: here as soon as the answer may differ.
 */
export function clockDue(fields: Task, context: Context): number | undefined {
  const { position } = fields.routing;
  if (position === null || position.filter === "default") return undefined;
  const step = workflowOf(context, fields).filters[position.filter]?.targets[position.target];
  return step?.expression && nextClockChange(step.expression.tree, context.now);
}

/** Puts a task where routing says. */
export function place(fields: Task, { queueSid, priority, until, position }: Placement, now: number): void {
  const { routing } = fields;
  const isNew = routing.position === null || fields.task_queue_sid !== queueSid;
  fields.priority = priority;
  fields.task_queue_sid = queueSid === "" ? null : queueSid;
  fields.routing = {
    ...routing,
    position,
    until: until ?? null,
    queue_entered: isNew ? now : routing.queue_entered,
  };
}

function trace(context: Context, candidate: Candidate, reasons: boolean): RoutingTrace {
  return routeTask({
    workflow: workflowOf(context, candidate.fields),
    roster: floorOf(context, candidate.workspaceSid).roster(context),
    task: asRoutingTask(context, candidate),
    now: new Date(context.now),
    reasons,
  });
}

function asRoutingTask(context: Context, { fields, created, reservedWorkers }: Candidate): RoutingTask {
  const { routing } = fields;
  return {
    attributes: attributesOf(fields.attributes),
    age: (context.now - created) / 1000,
    taskChannel: fields.task_channel_unique_name,
    priority: routing.own_priority,
    ignoreCapacity: fields.ignore_capacity,
    reservedWorkers,
    declinedWorkers: routing.declined,
    ...(routing.position !== null && { position: routing.position }),
  };
}

function workflowOf(context: Context, { routing_target: target, workflow_sid: sid }: Task): CompiledWorkflow {
  if (target?.startsWith("WQ") === true) return { filters: [], defaultQueueSid: target };
  const configuration = sid === null ? undefined : context.of(workflow).get(sid)?.fields.configuration;
  if (configuration === undefined) return { filters: [], defaultQueueSid: undefined };
  const known = compiled.get(configuration);
  if (known !== undefined) return known;
  if (compiled.size >= maxCompiled) compiled.clear();
  const made = compileWorkflow(configuration);
  compiled.set(configuration, made);
  return made;
}

/** The task waits for one worker; IgnoreCapacity also means: whatever the worker is doing. */
function routeToWorker(
  { fields, reservedWorkers }: Candidate,
  worker: RoutingWorker | undefined,
): RoutingOutcome {
  const placement: Placement = {
    queueSid: fields.task_queue_sid ?? "",
    queueName: undefined,
    priority: fields.routing.own_priority,
    until: undefined,
    position: { filter: "default", target: 0, waited: 0, priority: fields.routing.own_priority },
  };
  if (worker === undefined || reservedWorkers.includes(worker.sid)) return { kind: "waiting", ...placement };
  const channels = worker.channels;
  const channel = Object.hasOwn(channels, fields.task_channel_unique_name)
    ? channels[fields.task_channel_unique_name]
    : undefined;
  const isFree =
    worker.available &&
    channel?.available === true &&
    channel.activeReservations < channel.configuredCapacity;
  if (!isFree && !fields.ignore_capacity) return { kind: "waiting", ...placement };
  return { kind: "offered", ...placement, workers: [{ sid: worker.sid, friendlyName: worker.friendlyName }] };
}

import type { Placement, RoutingOutcome } from "../../../../routing/index.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { recordSkipped } from "../events/taskEvents.ts";
import { reservation, task, type Task, worker, workflow } from "../stored/kinds.ts";
import { withStatus } from "../stored/reservationsOf.ts";
import { callAssignment } from "./assignmentCallback.ts";
import { floorOf } from "./floor.ts";
import { openTasks } from "./openTasks.ts";
import { taskOrder } from "./order.ts";
import { asCandidate, place, route } from "./placement.ts";
import { removeTask } from "./removeTask.ts";
import { cancelTask } from "./taskStatus.ts";
import { moveByQueue } from "./workerActivity.ts";

/** Seconds that a worker has for an answer where no workflow says otherwise. */
const usualReservationTimeout = 120;

/** What is to be looked at when the transaction ends. */
interface Marks {
  /** Tasks that changed themselves. */
  readonly tasks: Set<string>;
  /** Whether a worker may have become free for any task. */
  workers: boolean;
  /** Whether the ways of all tasks may have changed. */
  rules: boolean;
}

/** Has a task looked at, at the end of the transaction; or all of them, because workers or rules changed. */
export function scheduleAssignment(
  context: Context,
  workspaceSid: string,
  because: { task: string } | "workers" | "rules",
): void {
  const key = `taskrouter assignment in ${workspaceSid}`;
  const marks = (context.derived.get(key) ?? { tasks: new Set(), workers: false, rules: false }) as Marks;
  context.derived.set(key, marks);
  if (because === "workers" || because === "rules") marks[because] = true;
  else marks.tasks.add(because.task);
  context.beforeCommit(key, (after) => {
    const current = after.derived.get(key) as Marks | undefined;
    if (current !== undefined) assignTasks(after, workspaceSid, current);
    // What was written meanwhile made no worker free.
    after.derived.delete(key);
  });
}

function assignTasks(context: Context, workspaceSid: string, marks: Marks): void {
  const open = tasksToLookAt(context, workspaceSid, marks);
  if (open.length === 0) return;
  // First all tasks get to where they belong by now, then workers are given to them in the order of the queues.
  for (const document of open) if (isToMove(document, context)) evaluate(document, context, false);
  const floor = floorOf(context, workspaceSid);
  const current = open.flatMap(({ sid }) => context.of(task).get(sid) ?? []);
  for (const document of current.sort(taskOrder(context, workspaceSid))) {
    const { task_channel_unique_name: channel } = document.fields;
    const isMarked = marks.rules || marks.tasks.has(document.sid);
    if (!isMarked && !floor.hasRoom(context, channel)) continue;
    if (isOpenToOffers(document, context)) evaluate(document, context, true);
  }
  if (marks.rules) {
    // Whether a task waits for the clock is up to its workflow.
    for (const { sid } of open) {
      const left = context.of(task).get(sid);
      if (left !== undefined) context.of(task).reschedule(left);
    }
  }
}

/** A task that did not change waits for workers only: without any who is free there is nothing to look at. */
function tasksToLookAt(
  context: Context,
  workspaceSid: string,
  { tasks, workers, rules }: Marks,
): Document<Task>[] {
  if (rules || (workers && floorOf(context, workspaceSid).hasAnyRoom(context))) {
    return openTasks(context, workspaceSid);
  }
  return [...tasks]
    .flatMap((sid) => context.of(task).get(sid) ?? [])
    .filter(
      ({ fields }) => fields.assignment_status === "pending" || fields.assignment_status === "reserved",
    );
}

/** Whether a task is to enter its workflow, or to leave its step; one that is reserved stays. */
function isToMove(document: Document<Task>, { now }: Context): boolean {
  const { assignment_status: status, routing } = document.fields;
  return status === "pending" && (routing.position === null || isStepOver(document, now));
}

function isStepOver({ fields, created }: Document<Task>, now: number): boolean {
  const { until } = fields.routing;
  return until !== null && now >= created + until * 1000;
}

/** A reserved task may be offered to more workers while its step lasts; then its reservations decide. */
function isOpenToOffers(document: Document<Task>, { now }: Context): boolean {
  const { assignment_status: status } = document.fields;
  return status === "pending" || (status === "reserved" && !isStepOver(document, now));
}

function evaluate(document: Document<Task>, context: Context, offers: boolean): void {
  const outcome = route(context, asCandidate(context, document));
  switch (outcome.kind) {
    case "offered":
    case "waiting": {
      const placed = isPlaced(document, outcome) ? document : moveTo(document, outcome, context);
      if (offers && outcome.kind === "offered") offer(placed, outcome, context);
      return;
    }
    case "canceled":
      cancelTask(context, document, outcome.reason);
      return;
    case "unmatched":
      cancelTask(context, document, "Task matches no filter of its workflow");
      return;
    case "skipped":
      recordSkipped(document, context);
      removeTask(document, context);
      return;
  }
}

function isPlaced({ fields }: Document<Task>, { queueSid, priority, until, position }: Placement): boolean {
  const { routing } = fields;
  return (
    (fields.task_queue_sid ?? "") === queueSid &&
    fields.priority === priority &&
    routing.until === (until ?? null) &&
    routing.position?.filter === position.filter &&
    routing.position.target === position.target &&
    routing.position.waited === position.waited &&
    routing.position.priority === position.priority
  );
}

function moveTo(document: Document<Task>, placement: Placement, context: Context): Document<Task> {
  const fields = { ...document.fields };
  place(fields, placement, context.now);
  return context.of(task).update(document, fields);
}

function offer(
  document: Document<Task>,
  { workers }: Extract<RoutingOutcome, { kind: "offered" }>,
  context: Context,
): void {
  const { fields, sid, parentSid } = document;
  if (fields.assignment_status === "pending") {
    const { routing } = fields;
    context.of(task).update(document, {
      ...fields,
      assignment_status: "reserved",
      routing: { ...routing, moves: routing.moves + 1, status_changed: context.now },
    });
  }
  const timeout = reservationTimeout(context, fields);
  for (const { sid: workerSid, friendlyName } of workers) {
    const before = context.of(worker).get(workerSid)?.fields.activity_sid ?? null;
    const given = {
      task_sid: sid,
      worker_sid: workerSid,
      worker_name: friendlyName,
      timeout,
      previous_activity_sid: before,
    };
    const offered = context.of(reservation).insert(parentSid, withStatus(given, "pending"));
    moveByQueue(context, workerSid, fields.task_queue_sid, "reservation");
    callAssignment(context, offered);
  }
}

function reservationTimeout(context: Context, { workflow_sid: sid }: Task): number {
  const found = sid === null ? undefined : context.of(workflow).get(sid);
  return found?.fields.task_reservation_timeout ?? usualReservationTimeout;
}

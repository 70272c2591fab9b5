import type { Placement, RoutingOutcome } from "../../../../routing/index.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/resource.ts";
import { recordSkipped } from "../events/taskEvents.ts";
import { reservation, withStatus } from "../reservation.ts";
import { type Task, task } from "../task.ts";
import { worker } from "../worker.ts";
import { workflow } from "../workflow.ts";
import { callAssignment } from "./assignmentCallback.ts";
import { Floor } from "./floor.ts";
import { openTasks } from "./openTasks.ts";
import { taskOrder } from "./order.ts";
import { asCandidate, place, route } from "./placement.ts";
import { removeTask } from "./removeTask.ts";
import { cancelTask } from "./taskStatus.ts";
import { moveByQueue } from "./workerActivity.ts";

/** Seconds that a worker has for an answer where no workflow says otherwise. */
const usualReservationTimeout = 120;

/** Has the tasks of a workspace given out at the end of the transaction, which changed what that depends on. */
export function scheduleAssignment(context: Context, workspaceSid: string): void {
  context.beforeCommit(`taskrouter assignment in ${workspaceSid}`, (after) =>
    assignTasks(after, workspaceSid),
  );
}

function assignTasks(context: Context, workspaceSid: string): void {
  const open = openTasks(context, workspaceSid);
  if (open.length === 0) return;
  const floor = new Floor(context, workspaceSid);
  // First all tasks get to where they belong by now, then workers are given to them in the order of the queues.
  for (const document of open) if (isToMove(document, context)) evaluate(document, context, floor, false);
  for (const { sid } of openTasks(context, workspaceSid).sort(taskOrder(context, workspaceSid))) {
    const document = context.of(task).get(sid);
    if (document !== undefined && isOpenToOffers(document, context)) evaluate(document, context, floor, true);
  }
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

function evaluate(document: Document<Task>, context: Context, floor: Floor, offers: boolean): void {
  const outcome = route(context, asCandidate(context, document), floor);
  switch (outcome.kind) {
    case "offered":
    case "waiting": {
      const placed = isPlaced(document, outcome) ? document : moveTo(document, outcome, context);
      if (offers && outcome.kind === "offered") offer(placed, outcome, context, floor);
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
  floor: Floor,
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
    floor.reserve(workerSid, fields.task_channel_unique_name);
  }
}

function reservationTimeout(context: Context, { workflow_sid: sid }: Task): number {
  const found = sid === null ? undefined : context.of(workflow).get(sid);
  return found?.fields.task_reservation_timeout ?? usualReservationTimeout;
}

import type { Context, Input } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid, TwilioError } from "../../../kernel/errors.ts";
import type { Draft } from "../../../kernel/resource.ts";
import {
  activity,
  type Reservation,
  reservation,
  type ReservationStatus,
  task,
  type Task,
  workspace,
} from "../stored/kinds.ts";
import { reservationsOf, withStatus } from "../stored/reservationsOf.ts";
import { checkInstruction } from "./instruction.ts";
import { markIdle, moveByQueue, restoreActivity, setActivity } from "./workerActivity.ts";

/** From which statuses the API brings a reservation into a status. */
const changes: Partial<Record<ReservationStatus, { from: readonly ReservationStatus[]; verb: string }>> = {
  accepted: { from: ["pending"], verb: "accept" },
  rejected: { from: ["pending"], verb: "reject" },
  wrapping: { from: ["accepted"], verb: "wrap up" },
  completed: { from: ["accepted", "wrapping"], verb: "complete" },
};

/** What TaskRouter took away from the worker; asking for it is too late. */
const withdrawn: readonly ReservationStatus[] = ["timeout", "canceled", "rescinded"];

/** How often a task goes from pending to reserved before it is canceled. */
const maxAssignmentCount = 1000;

/** Refuses what can't be done with a reservation, and settles its new status. @throws TwilioError */
export function checkReservationUpdate(
  { fields, previous, input, parentSid }: Draft<Reservation>,
  context: Context,
): void {
  if (previous === undefined) return;
  const status = (checkInstruction(previous, input) ?? input["ReservationStatus"]) as
    ReservationStatus | undefined;
  const { WorkerActivitySid: activitySid } = input;
  if (typeof activitySid === "string") {
    if (status !== "rejected") throw invalid("WorkerActivitySid is only for rejecting a reservation");
    if (context.of(activity).get(activitySid)?.parentSid !== parentSid) {
      throw invalid(`Activity ${activitySid} does not exist in workspace ${parentSid}`);
    }
  }
  if (status === undefined) return;
  checkChange(previous, status);
  Object.assign(fields, withStatus(fields, status));
}

function checkChange({ sid, fields }: Document<Reservation>, status: ReservationStatus): void {
  const { reservation_status: current } = fields;
  const change = changes[status];
  if (change === undefined) {
    if (status === current) return;
    throw invalid(
      `ReservationStatus ${status} is TaskRouter's to set; set accepted, rejected, wrapping or completed`,
    );
  }
  if (change.from.includes(current)) return;
  const wanted = change.from.map((name) => name[0]?.toUpperCase() + name.slice(1)).join(" or ");
  const message = `Unable to ${change.verb} reservation ${sid}. It is not currently in a ${wanted} state, but ${current}.`;
  // Twilio speaks of the 410 series for reservations that are gone; the code is ours.
  throw withdrawn.includes(current) ? new TwilioError(410, 20410, message) : invalid(message);
}

export function followReservationUpdate(
  updated: Document<Reservation>,
  previous: Document<Reservation>,
  context: Context,
  input: Input,
): void {
  const { WorkerActivitySid: activitySid } = input;
  followReservation(updated, previous, context, typeof activitySid === "string" ? { activitySid } : {});
}

export interface ReservationChange {
  /** Where the worker goes. */
  readonly activitySid?: string;
  /** Leaves the task as it is: it is about to be removed. */
  readonly taskStays?: boolean;
  /** Leaves the worker's activity as it is: it was just set, or the worker is about to be removed. */
  readonly workerStays?: boolean;
}

/** Brings a reservation into a status, with all that follows; nothing is refused. */
export function changeReservation(
  context: Context,
  previous: Document<Reservation>,
  status: ReservationStatus,
  change: ReservationChange = {},
): Document<Reservation> {
  const updated = context.of(reservation).update(previous, withStatus(previous.fields, status));
  followReservation(updated, previous, context, change);
  return updated;
}

/** What becomes of worker, task and the task's other reservations when a reservation's status changed. */
function followReservation(
  { fields, parentSid }: Document<Reservation>,
  previous: Document<Reservation>,
  context: Context,
  { activitySid, taskStays = false, workerStays = false }: ReservationChange,
): void {
  const { reservation_status: status, task_sid: taskSid, worker_sid: workerSid } = fields;
  if (status === previous.fields.reservation_status) return;
  const owner = context.of(task).get(taskSid);
  if (owner === undefined) return;
  switch (status) {
    case "accepted":
      assign(owner, context);
      for (const other of reservationsOf(context, parentSid, taskSid, ["pending"])) {
        changeReservation(context, other, "rescinded");
      }
      markIdle(context, workerSid);
      moveByQueue(context, workerSid, owner.fields.task_queue_sid, "assignment");
      return;
    case "timeout":
      setActivity(context, workerSid, context.of(workspace).get(parentSid)?.fields.timeout_activity_sid);
      break;
    case "rejected":
    case "canceled":
    case "rescinded":
      if (workerStays) break;
      if (activitySid === undefined) restoreActivity(context, fields, owner.fields.task_queue_sid);
      else setActivity(context, workerSid, activitySid);
      break;
    case "wrapping":
      setTaskStatus(context, owner, { from: ["assigned"], to: "wrapping" });
      return;
    case "completed":
      setTaskStatus(context, owner, { from: ["assigned", "wrapping"], to: "completed" });
      markIdle(context, workerSid);
      return;
    case "pending":
      return;
  }
  if (!taskStays) giveBack(context, owner, status === "rescinded" ? undefined : workerSid);
}

function assign(owner: Document<Task>, context: Context): void {
  setTaskStatus(context, owner, { from: ["pending", "reserved"], to: "assigned" });
}

function setTaskStatus(
  context: Context,
  owner: Document<Task>,
  { from, to }: { from: readonly Task["assignment_status"][]; to: Task["assignment_status"] },
): void {
  if (!from.includes(owner.fields.assignment_status)) return;
  const { fields } = owner;
  context.of(task).update(owner, {
    ...fields,
    assignment_status: to,
    reason: to === "completed" ? (fields.reason ?? "All reservations were completed") : fields.reason,
    routing: { ...fields.routing, status_changed: context.now },
  });
}

/** A task whose last reservation failed waits again, unless it did too often. */
function giveBack(context: Context, owner: Document<Task>, declinedBy: string | undefined): void {
  const { fields, parentSid, sid } = owner;
  if (fields.assignment_status !== "reserved") return;
  const { routing } = fields;
  const declined =
    declinedBy === undefined || routing.declined.includes(declinedBy)
      ? routing.declined
      : [...routing.declined, declinedBy];
  if (reservationsOf(context, parentSid, sid, ["pending"]).length > 0) {
    context.of(task).amend(owner, { ...fields, routing: { ...routing, declined } });
    return;
  }
  const isOver = routing.moves >= maxAssignmentCount;
  context.of(task).update(owner, {
    ...fields,
    assignment_status: isOver ? "canceled" : "pending",
    reason: isOver ? "Max assignment count exceeded" : fields.reason,
    routing: { ...routing, declined, status_changed: context.now },
  });
}

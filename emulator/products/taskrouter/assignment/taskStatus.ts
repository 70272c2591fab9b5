import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { Draft } from "../../../kernel/resource.ts";
import { type ReservationStatus, type Task, task, type TaskStatus } from "../stored/kinds.ts";
import { reservationsOf } from "../stored/reservationsOf.ts";
import { changeReservation } from "./reservationStatus.ts";

/** From which statuses a task can be brought into a status by the API, and what is said otherwise. */
const changes: Partial<Record<TaskStatus, { from: readonly TaskStatus[]; verb: string; because: string }>> = {
  canceled: { from: ["pending", "reserved"], verb: "cancel", because: "it is not pending or reserved" },
  wrapping: { from: ["assigned"], verb: "wrap up", because: "it is not currently assigned" },
  completed: {
    from: ["assigned", "wrapping"],
    verb: "complete",
    because: "it is not currently assigned",
  },
};

/** Refuses a change of status that a task can't make. @throws TwilioError */
export function checkStatusChange(
  { fields, input }: Draft<Task>,
  previous: Document<Task>,
  context: Context,
): void {
  const status = input["AssignmentStatus"] as TaskStatus | undefined;
  if (status === undefined) return;
  const change = changes[status];
  if (change === undefined) {
    if (status === previous.fields.assignment_status) return;
    throw invalid(`AssignmentStatus ${status} comes with reservations; it can't be set`);
  }
  if (!change.from.includes(previous.fields.assignment_status)) {
    throw invalid(
      `Cannot ${change.verb} task ${previous.sid} in workspace ${previous.parentSid} ` +
        `for account ${previous.accountSid} because ${change.because}.`,
    );
  }
  fields.routing.status_changed = context.now;
}

/** What becomes of a task's reservations when its status changed. */
export function followStatusChange(
  { sid, parentSid, fields }: Document<Task>,
  previous: Document<Task>,
  context: Context,
): void {
  if (fields.assignment_status === previous.fields.assignment_status) return;
  const follow = (from: readonly ReservationStatus[], to: ReservationStatus): void => {
    for (const reservation of reservationsOf(context, parentSid, sid, from)) {
      changeReservation(context, reservation, to);
    }
  };
  if (fields.assignment_status === "canceled") follow(["pending"], "canceled");
  if (fields.assignment_status === "wrapping") follow(["accepted"], "wrapping");
  if (fields.assignment_status === "completed") follow(["accepted", "wrapping"], "completed");
}

/** Cancels a task that is pending or reserved. @throws TwilioError when it is not */
export function cancelTask(context: Context, document: Document<Task>, reason: string): Document<Task> {
  return context.of(task).change(document, { AssignmentStatus: "canceled", Reason: reason });
}

/** Completes a task that is assigned or wrapping. @throws TwilioError when it is not */
export function completeTask(context: Context, document: Document<Task>, reason?: string): Document<Task> {
  return context.of(task).change(document, {
    AssignmentStatus: "completed",
    ...(reason !== undefined && { Reason: reason }),
  });
}

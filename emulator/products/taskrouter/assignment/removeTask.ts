import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { reservation, type Task, task } from "../stored/kinds.ts";
import { reservationsOf } from "../stored/reservationsOf.ts";
import { changeReservation } from "./reservationStatus.ts";

/** Removes a task's reservations before it goes itself; those still pending are canceled first. */
export function removeReservations({ sid, parentSid }: Document<Task>, context: Context): void {
  for (const pending of reservationsOf(context, parentSid, sid, ["pending"])) {
    changeReservation(context, pending, "canceled", { taskStays: true });
  }
  for (const each of reservationsOf(context, parentSid, sid)) context.of(reservation).remove(each);
}

/** Removes a task as the system does: without a word of its own. */
export function removeTask(document: Document<Task>, context: Context): void {
  removeReservations(document, context);
  context.of(task).remove(document);
}

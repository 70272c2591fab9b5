import type { Change, Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { type Reservation, task, worker } from "../stored/kinds.ts";
import { taskData, workerData } from "./data.ts";
import { recordEvent } from "./log.ts";

export function recordReservationChange(change: Change<Reservation>, context: Context): void {
  if (change.action === "delete") return;
  const { after } = change;
  const { reservation_status: status } = after.fields;
  if (change.action === "create") record(after, context, "created");
  else if (status !== change.before.fields.reservation_status) {
    record(after, context, status === "wrapping" ? "wrapup" : status);
  }
}

function record({ sid, parentSid, fields }: Document<Reservation>, context: Context, what: string): void {
  const { task_sid: taskSid, worker_sid: workerSid, worker_name: name } = fields;
  const owner = context.of(task).get(taskSid);
  const taker = context.of(worker).get(workerSid);
  recordEvent(context, parentSid, `reservation.${what}`, {
    subject: { type: "reservation", sid, path: `/Tasks/${taskSid}/Reservations/${sid}` },
    description: `Reservation ${sid} of worker ${name}: ${what}`,
    data: {
      ...(owner === undefined ? { task_sid: taskSid } : taskData(owner, context)),
      ...(taker === undefined ? { worker_sid: workerSid } : workerData(taker, context)),
      reservation_sid: sid,
    },
  });
}

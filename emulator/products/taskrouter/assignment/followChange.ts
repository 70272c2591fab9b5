import type { Change, Context } from "../../../kernel/context.ts";
import {
  activity,
  reservation,
  type Reservation,
  task,
  taskChannel,
  taskQueue,
  worker,
  workerChannel,
  workflow,
  workspace,
} from "../stored/kinds.ts";
import { activeStatuses } from "../stored/reservationsOf.ts";
import { scheduleAssignment } from "./assign.ts";
import { updateFloor } from "./floor.ts";

/** Has tasks given out at the end of the transaction when a write may bring a task and a worker together. */
export function followChange(change: Change, context: Context): void {
  const { kind } = change;
  const document = change.action === "delete" ? change.before : change.after;
  const workspaceSid =
    kind === workspace.kind
      ? document.sid
      : kind === workerChannel.kind
        ? context.of(worker).get(document.parentSid)?.parentSid
        : document.parentSid;
  if (workspaceSid === undefined) return;
  switch (kind) {
    case workspace.kind:
    case activity.kind:
    case taskChannel.kind:
      updateFloor(change, context, workspaceSid);
      return;
    case taskQueue.kind:
    case workflow.kind:
      updateFloor(change, context, workspaceSid);
      scheduleAssignment(context, workspaceSid, "rules");
      return;
    case worker.kind:
    case workerChannel.kind:
      updateFloor(change, context, workspaceSid);
      scheduleAssignment(context, workspaceSid, "workers");
      return;
    case reservation.kind:
      updateFloor(change, context, workspaceSid);
      // A new one takes a worker, and makes none free; an accepted one counts in expressions.
      if (isAfterOffer(change as unknown as Change<Reservation>)) {
        scheduleAssignment(context, workspaceSid, "workers");
      }
      return;
    case task.kind:
      updateFloor(change, context, workspaceSid);
      if (change.action !== "delete") scheduleAssignment(context, workspaceSid, { task: document.sid });
      return;
  }
}

/** Whether it is news of a reservation that was there before. */
function isAfterOffer(change: Change<Reservation>): boolean {
  if (change.action === "create") return false;
  return activeStatuses.includes(change.before.fields.reservation_status);
}

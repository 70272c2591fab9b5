import type { Change, Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { cancelTask } from "../../taskrouter/assignment/taskStatus.ts";
import { type Reservation, reservation, task, type Task } from "../../taskrouter/stored/kinds.ts";
import { isForOne } from "./inviting.ts";
import { invite, transfer } from "./kinds.ts";

/**
 * What becomes of an interaction when TaskRouter has done something to its task. A task that is canceled ends nothing:
 * the conversation stays open, without an agent
 * (https://www.twilio.com/docs/flex/developer/conversations/best-practices).
 */
export function followTask(change: Change, context: Context): void {
  if (change.action !== "update") return;
  if (change.kind === reservation.kind)
    onReservation(change.before as Document<Reservation>, change.after as Document<Reservation>, context);
  if (change.kind === task.kind) onTask(change.after as Document<Task>, context);
}

/** A task for one worker, who does not want it, is for nobody. */
function onReservation(
  before: Document<Reservation>,
  { fields }: Document<Reservation>,
  context: Context,
): void {
  const { reservation_status: status, task_sid: taskSid } = fields;
  if (status === before.fields.reservation_status || (status !== "rejected" && status !== "timeout")) return;
  if (!isForOne(context, taskSid) || context.of(invite).find("task_sid", taskSid) === undefined) return;
  context.beforeCommit(`decline ${taskSid}`, () => {
    const found = context.of(task).get(taskSid);
    if (found?.fields.assignment_status === "pending" || found?.fields.assignment_status === "reserved")
      cancelTask(context, found, `Reservation ${status}`);
  });
}

function onTask({ sid, fields }: Document<Task>, context: Context): void {
  if (fields.assignment_status !== "canceled") return;
  const found = context.of(invite).find("task_sid", sid);
  if (found === undefined) return;
  for (const handed of context.of(transfer).all(found.parentSid))
    if (handed.fields.invite_sid === found.sid && handed.fields.status === "active")
      context.of(transfer).update(handed, { ...handed.fields, status: "failed" });
}

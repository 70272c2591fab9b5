import type { Context } from "../../../kernel/context.ts";
import { activity, type Reservation, taskQueue, worker, workspace } from "../stored/kinds.ts";

/** Moves a worker into an activity; nothing happens when he or she is in it, or it is not there. */
export function setActivity(
  context: Context,
  workerSid: string,
  activitySid: string | null | undefined,
): void {
  const found = context.of(worker).get(workerSid);
  if (found === undefined || activitySid == null || found.fields.activity_sid === activitySid) return;
  if (context.of(activity).get(activitySid) === undefined) return;
  context.of(worker).update(found, {
    ...found.fields,
    activity_sid: activitySid,
    status_changed: context.now,
    idle_since: context.now,
  });
}

/**
 * Moves a worker into the activity that a queue names for being reserved or assigned. Only in workspaces without
 * multitasking: with it, activities are the workers' own affair.
 */
export function moveByQueue(
  context: Context,
  workerSid: string,
  queueSid: string | null,
  when: "reservation" | "assignment",
): void {
  const queue = queueSid === null ? undefined : context.of(taskQueue).get(queueSid);
  if (queue === undefined || isMultitasking(context, queue.parentSid)) return;
  setActivity(context, workerSid, queue.fields[`${when}_activity_sid`]);
}

/** Brings a worker back whom being reserved moved, unless the worker has moved on since. */
export function restoreActivity(
  context: Context,
  { worker_sid: workerSid, previous_activity_sid: before }: Reservation,
  queueSid: string | null,
): void {
  const queue = queueSid === null ? undefined : context.of(taskQueue).get(queueSid);
  const current = context.of(worker).get(workerSid)?.fields.activity_sid;
  if (current === queue?.fields.reservation_activity_sid) setActivity(context, workerSid, before);
}

/** Notes that a worker begins to wait for the next task. */
export function markIdle(context: Context, workerSid: string): void {
  const found = context.of(worker).get(workerSid);
  if (found !== undefined) context.of(worker).amend(found, { ...found.fields, idle_since: context.now });
}

function isMultitasking(context: Context, workspaceSid: string): boolean {
  return context.of(workspace).get(workspaceSid)?.fields.multi_task_enabled ?? true;
}

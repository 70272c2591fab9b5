import { type RoutingPosition, workflowTimeoutReason } from "../../../../routing/index.ts";
import type { Change, Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import type { Task, TaskStatus } from "../stored/kinds.ts";
import { taskData } from "./data.ts";
import { recordEvent } from "./log.ts";

/** Statuses that are news of the task itself; of the others its reservations tell. */
const statusEvents: Partial<Record<TaskStatus, string>> = {
  canceled: "task.canceled",
  wrapping: "task.wrapup",
  completed: "task.completed",
};

export function recordTaskChange(change: Change<Task>, context: Context): void {
  if (change.action === "delete") return;
  const { after } = change;
  const before = change.action === "update" ? change.before : undefined;
  if (before === undefined) record(after, context, "task.created", `Task ${after.sid} created`);
  recordMove(before, after, context);
  if (before === undefined) return;
  const { assignment_status: status, reason } = after.fields;
  if (status !== before.fields.assignment_status) {
    const type = statusEvents[status];
    if (type === undefined) return;
    if (status === "canceled" && reason === workflowTimeoutReason) {
      record(after, context, "workflow.timeout", `Task ${after.sid} came to the end of its workflow`);
    }
    record(after, context, type, reason ?? `Task ${after.sid} ${status}`);
  } else if (isEdited(before.fields, after.fields)) {
    record(after, context, "task.updated", `Task ${after.sid} updated`);
  }
}

/** The API deleted it. */
export function recordTaskDeleted(document: Document<Task>, context: Context): void {
  record(document, context, "task.deleted", `Task ${document.sid} deleted`);
}

/** It stayed assigned for too long. A task that goes some time after its end goes without a word. */
export function recordSystemDeleted(document: Document<Task>, context: Context): void {
  record(
    document,
    context,
    "task.system-deleted",
    `Task ${document.sid} was assigned for more than 24 hours`,
  );
}

/** It skipped every filter that it matched, and there is no default filter. */
export function recordSkipped(document: Document<Task>, context: Context): void {
  record(document, context, "workflow.skipped", `Task ${document.sid} skipped its workflow`);
}

/** Tells of the steps of a workflow that a task went to. */
function recordMove(before: Document<Task> | undefined, after: Document<Task>, context: Context): void {
  const from = before?.fields.routing.position ?? null;
  const to = after.fields.routing.position;
  if (to === null || isSameStep(from, to)) return;
  const queueBefore = before?.fields.task_queue_sid ?? null;
  if (from === null) record(after, context, "workflow.entered", `Task ${after.sid} entered its workflow`);
  else if (before !== undefined) {
    record(before, context, "task-queue.timeout", `Task ${after.sid} left a step of its workflow`);
    if (queueBefore !== after.fields.task_queue_sid) {
      record(before, context, "task-queue.moved", `Task ${after.sid} moves to another queue`);
    }
  }
  const step = to.filter === "default" ? "the default filter" : `target ${to.target} of filter ${to.filter}`;
  record(after, context, "workflow.target-matched", `Task ${after.sid} is in ${step}`);
  if (from === null || queueBefore !== after.fields.task_queue_sid) {
    record(after, context, "task-queue.entered", `Task ${after.sid} entered a queue`);
  }
}

function isSameStep(one: RoutingPosition | null, other: RoutingPosition): boolean {
  return one !== null && one.filter === other.filter && one.target === other.target;
}

function isEdited(before: Task, after: Task): boolean {
  return (
    before.attributes !== after.attributes ||
    before.routing.own_priority !== after.routing.own_priority ||
    before.task_channel_sid !== after.task_channel_sid ||
    before.virtual_start_time !== after.virtual_start_time
  );
}

function record(document: Document<Task>, context: Context, type: string, description: string): void {
  const { sid, parentSid } = document;
  const subject = { type: "task", sid, path: `/Tasks/${sid}` };
  recordEvent(context, parentSid, type, { subject, description, data: taskData(document, context) });
}

import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid } from "../../../kernel/errors.ts";
import { type Task, task, type TaskStatus } from "../stored/kinds.ts";

const waiting: readonly TaskStatus[] = ["pending", "reserved"];

/** Tasks that are not yet assigned. */
export function openTasks(context: Context, workspaceSid: string): Document<Task>[] {
  return waiting.flatMap((value) =>
    context.of(task).all(workspaceSid, { field: "assignment_status", value }),
  );
}

/** Refuses to delete what a waiting task needs. @throws TwilioError */
export function refuseWhileUsed(
  context: Context,
  workspaceSid: string,
  used: { field: "workflow_sid" | "task_queue_sid" | "task_channel_sid"; sid: string; what: string },
): void {
  const user = context
    .of(task)
    .all(workspaceSid, { field: used.field, value: used.sid })
    .find(({ fields }) => waiting.includes(fields.assignment_status));
  if (user === undefined) return;
  throw invalid(`${used.what} (${used.sid}) can't be deleted: pending task ${user.sid} uses it`);
}

/** Sends the pending tasks of a workflow through it anew. */
export function reEvaluateTasks(context: Context, workspaceSid: string, workflowSid: string): void {
  for (const document of context.of(task).all(workspaceSid, { field: "workflow_sid", value: workflowSid })) {
    const { fields } = document;
    if (fields.assignment_status !== "pending") continue;
    const routing = { ...fields.routing, position: null, until: null };
    context.of(task).update(document, { ...fields, routing });
  }
}

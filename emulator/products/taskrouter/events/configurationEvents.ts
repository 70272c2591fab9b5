import type { Change, Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import type { Activity, TaskChannel, TaskQueue, Workflow, Workspace } from "../stored/kinds.ts";
import { activityData, type EventData, taskChannelData, taskQueueData, workflowData } from "./data.ts";
import { recordEvent } from "./log.ts";

const verbs = { create: "created", update: "updated", delete: "deleted" } as const;

export function recordActivityChange(change: Change<Activity>, context: Context): void {
  record(change, context, { type: "activity", folder: "Activities", dataOf: activityData });
}

export function recordTaskChannelChange(change: Change<TaskChannel>, context: Context): void {
  record(change, context, { type: "task-channel", folder: "TaskChannels", dataOf: taskChannelData });
}

export function recordWorkflowChange(change: Change<Workflow>, context: Context): void {
  record(change, context, { type: "workflow", folder: "Workflows", dataOf: workflowData });
}

/** Of an update only a new expression is news. */
export function recordTaskQueueChange(change: Change<TaskQueue>, context: Context): void {
  const isUpdate = change.action === "update";
  if (isUpdate && change.before.fields.target_workers === change.after.fields.target_workers) return;
  const event = isUpdate ? "task-queue.expression.updated" : undefined;
  record(change, context, { type: "task-queue", folder: "TaskQueues", dataOf: taskQueueData, event });
}

export function recordWorkspaceChange(change: Change<Workspace>, context: Context): void {
  if (change.action === "delete") return;
  const { sid, fields } = change.after;
  const verb = verbs[change.action];
  recordEvent(context, sid, `workspace.${verb}`, {
    subject: { type: "workspace", sid, path: "" },
    description: `Workspace ${fields.friendly_name} ${verb}`,
    data: {},
  });
}

function record<F extends { friendly_name: string }>(
  change: Change<F>,
  context: Context,
  {
    type,
    folder,
    dataOf,
    event,
  }: {
    type: string;
    folder: string;
    dataOf: (document: Document<F>) => EventData;
    event?: string | undefined;
  },
): void {
  const document = change.action === "delete" ? change.before : change.after;
  const { sid, parentSid, fields } = document;
  const verb = verbs[change.action];
  recordEvent(context, parentSid, event ?? `${type}.${verb}`, {
    subject: { type, sid, path: `/${folder}/${sid}` },
    description: `${type} ${fields.friendly_name} ${verb}`,
    data: dataOf(document),
  });
}

import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { ageOf } from "../stored/attributes.ts";
import {
  activity,
  type Activity,
  type Task,
  type TaskChannel,
  taskQueue,
  type TaskQueue,
  type Worker,
  workflow,
  type Workflow,
  workspace,
} from "../stored/kinds.ts";

/** What an event says of the things it is about; in event callbacks `task_sid` is called `TaskSid`. */
export type EventData = Record<string, string>;

export function workspaceData(workspaceSid: string, context: Context): EventData {
  return {
    workspace_sid: workspaceSid,
    workspace_name: context.of(workspace).get(workspaceSid)?.fields.friendly_name ?? "",
  };
}

export function taskData({ sid, created, fields }: Document<Task>, context: Context): EventData {
  const { assignment_status: status, reason, task_queue_sid: queueSid, workflow_sid: workflowSid } = fields;
  return {
    task_sid: sid,
    task_attributes: fields.attributes,
    task_age: String(ageOf(created, context.now)),
    task_priority: String(fields.priority),
    task_assignment_status: status,
    task_channel_sid: fields.task_channel_sid,
    task_channel_unique_name: fields.task_channel_unique_name,
    task_date_created: String(Math.floor(created / 1000)),
    ...(reason !== null && status === "canceled" && { task_canceled_reason: reason }),
    ...(reason !== null && status === "completed" && { task_completed_reason: reason }),
    ...(queueSid !== null && {
      task_queue_sid: queueSid,
      task_queue_name: context.of(taskQueue).get(queueSid)?.fields.friendly_name ?? "",
    }),
    ...(workflowSid !== null && {
      workflow_sid: workflowSid,
      workflow_name: context.of(workflow).get(workflowSid)?.fields.friendly_name ?? "",
    }),
  };
}

export function workerData({ sid, revision, fields }: Document<Worker>, context: Context): EventData {
  return {
    worker_sid: sid,
    worker_name: fields.friendly_name,
    worker_attributes: fields.attributes,
    worker_activity_sid: fields.activity_sid,
    worker_activity_name: context.of(activity).get(fields.activity_sid)?.fields.friendly_name ?? "",
    worker_version: String(revision),
  };
}

export function previousActivityData({ fields }: Document<Worker>, context: Context): EventData {
  const milliseconds = context.now - fields.status_changed;
  return {
    worker_time_in_previous_activity: String(Math.floor(milliseconds / 1000)),
    worker_time_in_previous_activity_ms: String(milliseconds),
    worker_previous_activity_sid: fields.activity_sid,
    worker_previous_activity_name: context.of(activity).get(fields.activity_sid)?.fields.friendly_name ?? "",
  };
}

export function activityData({ sid, fields }: Document<Activity>): EventData {
  return {
    activity_sid: sid,
    activity_name: fields.friendly_name,
    activity_available: String(fields.available),
  };
}

export function taskChannelData({ sid, fields }: Document<TaskChannel>): EventData {
  return {
    task_channel_sid: sid,
    task_channel_name: fields.friendly_name,
    task_channel_unique_name: fields.unique_name,
    task_channel_optimized_routing: String(fields.channel_optimized_routing),
  };
}

export function taskQueueData({ sid, fields }: Document<TaskQueue>): EventData {
  return {
    task_queue_sid: sid,
    task_queue_name: fields.friendly_name,
    task_queue_target_expression: fields.target_workers,
  };
}

export function workflowData({ sid, fields }: Document<Workflow>): EventData {
  return { workflow_sid: sid, workflow_name: fields.friendly_name };
}

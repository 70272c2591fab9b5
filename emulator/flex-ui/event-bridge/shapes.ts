import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { ageOf } from "../../products/taskrouter/stored/attributes.ts";
import { channelLoad } from "../../products/taskrouter/stored/channelLoad.ts";
import {
  type Activity,
  activity,
  type Reservation,
  type Task,
  task,
  type TaskQueue,
  taskQueue,
  type Worker,
  worker,
  type WorkerChannel,
  workflow,
} from "../../products/taskrouter/stored/kinds.ts";

// What TaskRouter's client of browsers (twilio-taskrouter) takes for granted: dates are seconds since 1970, attributes are
// texts of JSON, and no property may be missing.

export function activityShape({
  sid,
  accountSid,
  parentSid,
  created,
  updated,
  fields,
}: Document<Activity>): object {
  return {
    sid,
    account_sid: accountSid,
    workspace_sid: parentSid,
    friendly_name: fields.friendly_name,
    available: fields.available,
    date_created: seconds(created),
    date_updated: seconds(updated),
  };
}

export function workerShape(
  { sid, accountSid, parentSid, created, updated, revision, fields }: Document<Worker>,
  context: Context,
): object {
  const current = context.of(activity).get(fields.activity_sid)?.fields;
  return {
    sid,
    account_sid: accountSid,
    workspace_sid: parentSid,
    friendly_name: fields.friendly_name,
    attributes: fields.attributes,
    activity_sid: fields.activity_sid,
    activity_name: current?.friendly_name ?? "",
    available: current?.available ?? false,
    date_created: seconds(created),
    date_updated: seconds(updated),
    date_status_changed: seconds(fields.status_changed),
    version: String(revision),
  };
}

export function workerChannelShape(
  { sid, accountSid, parentSid, created, updated, fields }: Document<WorkerChannel>,
  context: Context,
): object {
  const workspaceSid = context.of(worker).get(parentSid)?.parentSid ?? "";
  const { task_channel_sid: channelSid, configured_capacity: capacity } = fields;
  const { assigned, active } = channelLoad(context, workspaceSid, parentSid, channelSid);
  return {
    sid,
    account_sid: accountSid,
    workspace_sid: workspaceSid,
    worker_sid: parentSid,
    task_channel_sid: channelSid,
    task_channel_unique_name: fields.task_channel_unique_name,
    configured_capacity: capacity,
    available: fields.available,
    assigned_tasks: assigned,
    available_capacity_percentage:
      capacity === 0 ? 0 : Math.max(Math.round(((capacity - active) * 100) / capacity), 0),
    last_reserved_time: null,
    date_created: seconds(created),
    date_updated: seconds(updated),
  };
}

export function taskQueueShape(
  { sid, accountSid, parentSid, created, updated, fields }: Document<TaskQueue>,
  context: Context,
): object {
  const nameOf = (activitySid: string | null): string | null =>
    context.of(activity).get(activitySid ?? "")?.fields.friendly_name ?? null;
  return {
    sid,
    account_sid: accountSid,
    workspace_sid: parentSid,
    friendly_name: fields.friendly_name,
    target_workers: fields.target_workers,
    max_reserved_workers: fields.max_reserved_workers,
    task_order: fields.task_order,
    reservation_activity_sid: fields.reservation_activity_sid,
    reservation_activity_name: nameOf(fields.reservation_activity_sid),
    assignment_activity_sid: fields.assignment_activity_sid,
    assignment_activity_name: nameOf(fields.assignment_activity_sid),
    date_created: seconds(created),
    date_updated: seconds(updated),
  };
}

export function taskShape(
  { sid, accountSid, parentSid, created, updated, revision, fields }: Document<Task>,
  context: Context,
): object {
  const { task_queue_sid: queueSid, workflow_sid: workflowSid } = fields;
  return {
    sid,
    account_sid: accountSid,
    workspace_sid: parentSid,
    addons: "{}",
    age: ageOf(created, context.now),
    attributes: fields.attributes,
    assignment_status: fields.assignment_status,
    priority: fields.priority,
    queue_sid: queueSid,
    queue_name: context.of(taskQueue).get(queueSid ?? "")?.fields.friendly_name ?? null,
    reason: fields.reason,
    routing_target: fields.routing_target,
    task_channel_sid: fields.task_channel_sid,
    task_channel_unique_name: fields.task_channel_unique_name,
    timeout: fields.timeout,
    virtual_start_time: seconds(Date.parse(fields.virtual_start_time)),
    workflow_sid: workflowSid,
    workflow_name: context.of(workflow).get(workflowSid ?? "")?.fields.friendly_name ?? null,
    date_created: seconds(created),
    date_updated: seconds(updated),
    version: String(revision),
  };
}

/** Undefined of a reservation whose task is gone. */
export function reservationShape(
  { sid, accountSid, parentSid, created, updated, revision, fields }: Document<Reservation>,
  context: Context,
): object | undefined {
  const offered = context.of(task).get(fields.task_sid);
  if (offered === undefined) return undefined;
  return {
    sid,
    account_sid: accountSid,
    workspace_sid: parentSid,
    worker_sid: fields.worker_sid,
    task_sid: fields.task_sid,
    reservation_status: fields.reservation_status,
    reservation_timeout: fields.timeout,
    task: taskShape(offered, context),
    date_created: seconds(created),
    date_updated: seconds(updated),
    version: String(revision),
  };
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

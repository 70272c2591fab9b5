import type { Context } from "../../../kernel/context.ts";
import { event, workspace } from "../stored/kinds.ts";
import { type EventData, workspaceData } from "./data.ts";
import { callBack } from "./eventCallback.ts";

/** The thing that an event is most relevant to. */
export interface Subject {
  readonly type: string;
  readonly sid: string;
  /** Where it is below the workspace; empty for that itself. */
  readonly path: string;
}

/** Writes an event into the log of a workspace, and tells its event callback. */
export function recordEvent(
  context: Context,
  workspaceSid: string,
  type: string,
  { subject, description, data }: { subject: Subject; description: string; data: EventData },
): void {
  // With a workspace its events are gone as well.
  if (context.of(workspace).get(workspaceSid) === undefined) return;
  const recorded = context.of(event).insert(workspaceSid, {
    event_type: type,
    description,
    event_data: { ...workspaceData(workspaceSid, context), ...data },
    resource_type: subject.type,
    resource_sid: subject.sid,
    resource_url: workspaceUrl(workspaceSid) + subject.path,
    task_sid: data["task_sid"] ?? null,
    worker_sid: data["worker_sid"] ?? null,
    reservation_sid: data["reservation_sid"] ?? null,
    workflow_sid: data["workflow_sid"] ?? null,
    task_queue_sid: data["task_queue_sid"] ?? null,
    task_channel: data["task_channel_unique_name"] ?? null,
  });
  callBack(context, recorded);
}

export function workspaceUrl(workspaceSid: string): string {
  return `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`;
}

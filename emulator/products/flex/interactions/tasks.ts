import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { cancelTask, completeTask } from "../../taskrouter/assignment/taskStatus.ts";
import { ageOf, isOver } from "../../taskrouter/stored/attributes.ts";
import { type Task, task, taskQueue, workflow, workspace } from "../../taskrouter/stored/kinds.ts";
import { invite, type Routing } from "./kinds.ts";

/** Has TaskRouter route somebody to a conversation. @throws TwilioError as TaskRouter does */
export function makeTask(context: Context, routing: Routing, attributes: JsonObject): Document<Task> {
  const { workspace_sid: workspaceSid, worker_sid, queue_sid, workflow_sid, routing_target } = routing;
  if (context.of(workspace).get(workspaceSid) === undefined)
    throw invalid(`Routing.properties.workspace_sid: workspace ${workspaceSid} does not exist`);
  const target = routing_target ?? worker_sid ?? (workflow_sid === undefined ? queue_sid : undefined);
  const isWorker = target?.startsWith("WK") === true;
  return context.of(task).create(workspaceSid, {
    Attributes: checked(attributes),
    ...given("WorkflowSid", workflow_sid),
    ...given("RoutingTarget", target),
    ...given("TaskQueueSid", isWorker ? queue_sid : undefined),
    ...given("TaskChannel", routing.task_channel),
    ...given("Priority", routing.priority),
    ...given("Timeout", routing.timeout),
  });
}

/** Characters of a task's attributes (https://www.twilio.com/docs/taskrouter/api/task). */
const maxAttributes = 4096;

function checked(attributes: JsonObject): string {
  const text = JSON.stringify(attributes);
  if (text.length <= maxAttributes) return text;
  throw invalid(
    `The task's attributes have ${text.length} characters, with those of Flex; TaskRouter takes ${maxAttributes}`,
  );
}

function given<T>(name: string, value: T | undefined): object {
  return value === undefined ? {} : { [name]: value };
}

/** The tasks of a channel that are not over. */
export function openTasks(context: Context, channelSid: string): Document<Task>[] {
  return context
    .of(invite)
    .all(channelSid)
    .flatMap(({ fields }) => context.of(task).get(fields.task_sid) ?? [])
    .filter(({ fields }) => !isOver(fields));
}

/** Ends the agents' work on a task: they wrap up, or are done. One that nobody has accepted is canceled. */
export function endTask(context: Context, found: Document<Task>, end: "wrapup" | "closed"): void {
  switch (found.fields.assignment_status) {
    case "pending":
    case "reserved":
      cancelTask(context, found, "Interaction channel was closed");
      return;
    case "assigned":
      if (end === "wrapup") context.of(task).change(found, { AssignmentStatus: "wrapping" });
      else completeTask(context, found, "Interaction channel was closed");
      return;
    case "wrapping":
      if (end === "closed") completeTask(context, found, "Interaction channel was closed");
      return;
    case "completed":
    case "canceled":
      return;
  }
}

/** What answers say of a task, as `routing`; null of one that is gone. */
export function renderRouting(context: Context, taskSid: string | null): object | null {
  const found = taskSid === null ? undefined : context.of(task).get(taskSid);
  if (found === undefined) return null;
  const { sid, accountSid, parentSid, created, updated, fields } = found;
  const entered = fields.routing.queue_entered;
  const named = (name: string | undefined): string => name ?? "";
  const seconds = (time: number): number => Math.floor(time / 1000);
  return {
    reservation: null,
    properties: {
      sid,
      account_sid: accountSid,
      workspace_sid: parentSid,
      workflow_sid: fields.workflow_sid,
      workflow_name: named(context.of(workflow).get(fields.workflow_sid ?? "")?.fields.friendly_name),
      queue_sid: fields.task_queue_sid,
      queue_name: named(context.of(taskQueue).get(fields.task_queue_sid ?? "")?.fields.friendly_name),
      task_channel_sid: fields.task_channel_sid,
      task_channel_unique_name: fields.task_channel_unique_name,
      routing_target: fields.routing_target,
      attributes: fields.attributes,
      assignment_status: fields.assignment_status,
      assignmentCounter: fields.routing.moves,
      reason: named(fields.reason ?? undefined),
      priority: fields.priority,
      timeout: fields.timeout,
      age: ageOf(created, context.now),
      task_queue_entered_date: entered === null ? null : seconds(entered),
      age_in_queue: entered === null ? 0 : ageOf(entered, context.now),
      date_created: seconds(created),
      date_updated: seconds(updated),
    },
  };
}

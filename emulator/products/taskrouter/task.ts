import { compileExpression, parseExpression } from "../../../routing/index.ts";
import type { Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Document, Kind } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { dateTime, integer, json, oneOf, type Parameter, sid, text } from "../../kernel/parameter.ts";
import { type Draft, type Filter, resource } from "../../kernel/resource.ts";
import { placeNewTask } from "./assignment/placement.ts";
import { removeReservations } from "./assignment/removeTask.ts";
import { onTaskDue, taskDue, whenTaskDue } from "./assignment/taskDue.ts";
import { checkStatusChange, followStatusChange } from "./assignment/taskStatus.ts";
import { ageOf, attributesOf } from "./stored/attributes.ts";
import { recordTaskDeleted } from "./events/taskEvents.ts";
import { checkExpression } from "./expression.ts";
import { type Task, task, taskChannel, taskQueue, taskStatuses, worker, workflow } from "./stored/kinds.ts";
import { maxPriority, maxTaskTimeout } from "./stored/limits.ts";
import { orderBy } from "./ordering.ts";
import { workspaceResource } from "./workspace.ts";
import { isYes } from "./yes.ts";

/** Twilio takes three words for yes and everything else for no. */
const ignoreCapacity: Parameter = {
  on: "create",
  required: false,
  default: undefined,
  field: undefined,
  read: ([value = ""]) => (value === "" ? undefined : isYes(value)),
};

export const taskResource = resource(task, {
  prefix: "WT",
  path: "/v1/Workspaces/{WorkspaceSid}/Tasks",
  parent: workspaceResource,
  listKey: "tasks",
  etag: true,
  parameters: {
    Attributes: json({ default: "{}", max: 4096, objectOnly: true }),
    WorkflowSid: sid("WW", { on: "create" }),
    // In seconds.
    Timeout: integer({ on: "create", min: 1, max: maxTaskTimeout, default: 86_400 }),
    Priority: integer({ min: 0, max: maxPriority, default: 0 }),
    TaskChannel: text({ field: null }),
    VirtualStartTime: dateTime(),
    RoutingTarget: sid(["WK", "WQ", "WW"], { on: "create" }),
    IgnoreCapacity: ignoreCapacity,
    TaskQueueSid: sid("WQ", { on: "create" }),
    AssignmentStatus: oneOf(taskStatuses, { on: "update" }),
    Reason: text({ on: "update" }),
  },
  indexed: ["assignment_status", "workflow_sid", "task_queue_sid", "task_channel_sid"],
  filters: {
    AssignmentStatus: { test: (values) => withStatus(values.flatMap((value) => value.split(","))) },
    Priority: { field: "priority" },
    WorkflowSid: { field: "workflow_sid" },
    WorkflowName: named(workflow, ({ workflow_sid }) => workflow_sid),
    TaskQueueSid: { field: "task_queue_sid" },
    TaskQueueName: named(taskQueue, ({ task_queue_sid }) => task_queue_sid),
    RoutingTarget: { field: "routing_target" },
    EvaluateTaskAttributes: {
      test([expression = ""]) {
        checkExpression("EvaluateTaskAttributes", expression);
        const predicate = compileExpression(parseExpression(expression));
        return ({ fields }) => predicate(attributesOf(fields.attributes));
      },
    },
    // No task has add-ons.
    HasAddons: {
      test:
        ([value = ""]) =>
        () =>
          value.toLowerCase() !== "true",
    },
  },
  ordering: (given) =>
    orderBy<Task>(given, {
      DateCreated: ({ created }) => created,
      Priority: ({ fields }) => fields.priority,
      VirtualStartTime: ({ fields }) => Date.parse(fields.virtual_start_time),
    }),
  links: {
    workspace: "/v1/Workspaces/{WorkspaceSid}",
    workflow: "/v1/Workspaces/{WorkspaceSid}/Workflows/{workflow_sid}",
    task_queue: "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{task_queue_sid}",
    reservations: "/Reservations",
  },
  hidden: ["routing"],
  render: ({ fields, created }, context) => ({
    age: ageOf(created, context.now),
    addons: "{}",
    task_queue_entered_date:
      fields.routing.queue_entered === null ? null : isoDate(fields.routing.queue_entered),
    task_queue_friendly_name: nameOf(context, taskQueue, fields.task_queue_sid),
    workflow_friendly_name: nameOf(context, workflow, fields.workflow_sid),
  }),
  beforeWrite(draft, context) {
    readTaskChannel(draft, context);
    checkStartTime(draft, context);
    if (draft.previous === undefined) {
      completeNewTask(draft, context);
      placeNewTask(draft, context);
      return;
    }
    changeRouting(draft, draft.previous);
    checkStatusChange(draft, draft.previous, context);
  },
  afterUpdate: (updated, previous, context) => followStatusChange(updated, previous, context),
  beforeDelete(document, context) {
    recordTaskDeleted(document, context);
    removeReservations(document, context);
  },
  due: taskDue,
  onDue: onTaskDue,
  whenDue: whenTaskDue,
});

function nameOf<F extends { friendly_name: string }>(
  context: Context,
  kind: Kind<F>,
  found: string | null,
): string | null {
  return found === null ? null : (context.of(kind).get(found)?.fields.friendly_name ?? null);
}

function withStatus(statuses: readonly string[]): (document: Document<Task>) => boolean {
  return ({ fields }) => statuses.includes(fields.assignment_status);
}

function named<F extends { friendly_name: string }>(
  kind: Kind<F>,
  sidOf: (fields: Task) => string | null,
): Filter<Task> {
  return {
    test([name = ""], context, workspaceSid) {
      const found = context.of(kind).find("friendly_name", name, workspaceSid);
      return ({ fields }) => found !== undefined && sidOf(fields) === found.sid;
    },
  };
}

function readTaskChannel({ fields, parentSid, previous, input }: Draft<Task>, context: Context): void {
  const given = input["TaskChannel"] ?? (previous === undefined ? "default" : undefined);
  if (typeof given !== "string") return;
  const bySid = context.of(taskChannel).get(given);
  const found =
    bySid?.parentSid === parentSid ? bySid : context.of(taskChannel).find("unique_name", given, parentSid);
  if (found === undefined) {
    throw invalid(`TaskChannel ${given} does not exist in workspace ${parentSid}`);
  }
  fields.task_channel_sid = found.sid;
  fields.task_channel_unique_name = found.fields.unique_name;
}

function checkStartTime({ fields, input }: Draft<Task>, context: Context): void {
  const now = new Date(context.now);
  fields.virtual_start_time ??= isoDate(context.now);
  if (input["VirtualStartTime"] === undefined) return;
  const time = Date.parse(fields.virtual_start_time);
  if (time > now.getTime()) throw invalid("VirtualStartTime can't be in the future");
  if (time < Date.UTC(1900, 0, 1)) throw invalid("VirtualStartTime can't be before the year 1900");
}

/** Settles where a new task is to go, and what routing starts from. */
function completeNewTask({ fields, parentSid }: Draft<Task>, context: Context): void {
  const { routing_target: target } = fields;
  const isHere = (found: Document<object> | undefined): boolean => found?.parentSid === parentSid;
  const missing = (name: string, value: string): Error =>
    invalid(`${name} ${value} does not exist in workspace ${parentSid}`);
  if (target !== null) {
    const found =
      context.of(worker).get(target) ?? context.of(taskQueue).get(target) ?? context.of(workflow).get(target);
    if (!isHere(found)) throw missing("RoutingTarget", target);
  }
  const toWorker = target?.startsWith("WK") ?? false;
  if (fields.task_queue_sid !== null && !toWorker) {
    throw invalid(
      "TaskQueueSid is only for tasks whose RoutingTarget is a worker; a workflow finds the queue",
    );
  }
  if (fields.task_queue_sid !== null && !isHere(context.of(taskQueue).get(fields.task_queue_sid))) {
    throw missing("TaskQueue", fields.task_queue_sid);
  }
  if (fields.ignore_capacity && !toWorker) {
    throw invalid("IgnoreCapacity is only for tasks whose RoutingTarget is a worker");
  }
  fields.ignore_capacity ??= toWorker;
  if (target?.startsWith("WW") === true) fields.workflow_sid = target;
  else if (target === null) fields.workflow_sid ??= onlyWorkflow(context, parentSid);
  if (fields.workflow_sid !== null && !isHere(context.of(workflow).get(fields.workflow_sid))) {
    throw missing("Workflow", fields.workflow_sid);
  }
  fields.assignment_status = "pending";
  fields.reason = null;
  fields.routing = {
    own_priority: fields.priority,
    position: null,
    until: null,
    declined: [],
    moves: 0,
    queue_entered: null,
    status_changed: context.now,
  };
}

/** A workspace's only workflow is the one that is meant when none is named. */
function onlyWorkflow(context: Context, workspaceSid: string): string {
  const [first, second] = context.of(workflow).all(workspaceSid);
  if (first === undefined || second !== undefined) throw invalid("WorkflowSid field is required");
  return first.sid;
}

/** New attributes send a pending task through its workflow anew; a new priority counts where it is. */
function changeRouting({ fields, input }: Draft<Task>, previous: Document<Task>): void {
  const { routing } = fields;
  if (typeof input["Priority"] === "number") {
    routing.own_priority = input["Priority"];
    if (routing.position !== null) routing.position = { ...routing.position, priority: input["Priority"] };
  }
  if (fields.attributes !== previous.fields.attributes && previous.fields.assignment_status === "pending") {
    routing.position = null;
    routing.until = null;
  }
}

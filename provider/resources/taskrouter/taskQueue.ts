import { common, parent, resource } from "../../engine/definition.ts";
import { choice, int, sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { waitingTasks } from "./waitingTasks.ts";

export const taskQueue = resource({
  token: "twilio:taskrouter:TaskQueue",
  description:
    "A queue of tasks waiting for the workers that its expression selects. Workflows send tasks to queues; " +
    "TaskRouter offers each task to eligible workers of the queue.",
  example: `const billing = new twilio.taskrouter.TaskQueue("billing", {
  workspaceSid: workspace.sid,
  friendlyName: "Billing",
  targetWorkers: 'routing.skills HAS "billing"',
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/task-queue",
  openApi: {
    document: "taskrouter_v1",
    create: "CreateTaskQueue",
    fetch: "FetchTaskQueue",
    update: "UpdateTaskQueue",
  },
  parents: { workspaceSid: parent("WS", "Workspace the queue belongs to.") },
  sid: "WQ",
  inputs: {
    friendlyName: text("Name of the queue, unique within its workspace.", { required: true, minLength: 1 }),
    targetWorkers: text(
      "Expression over the attributes of workers that selects who serves the queue, " +
        'for example `routing.skills HAS "billing"`.',
      { default: "1==1" },
    ),
    maxReservedWorkers: int("How many workers one task is offered to at once; the first to accept gets it.", {
      min: 1,
      max: 50,
      default: 1,
    }),
    taskOrder: choice(
      "Which waiting task goes first among those of the same priority. `LIFO` ignores priority.",
      ["FIFO", "LIFO"],
      { default: "FIFO" },
    ),
    reservationActivitySid: sid(
      "Activity a worker gets when a task is reserved. Has an effect in single-tasking workspaces only.",
      "WA",
    ),
    assignmentActivitySid: sid(
      "Activity a worker gets when a task is assigned. Has an effect in single-tasking workspaces only.",
      "WA",
    ),
  },
  outputs: {
    ...common,
    reservationActivityName: text("Name of the reservation activity."),
    assignmentActivityName: text("Name of the assignment activity."),
  },
  keys: [{ inputs: ["friendlyName"], filter: ({ friendlyName }) => ({ friendlyName }) }],
  fixes: [waitingTasks("in the queue", " and point workflows elsewhere,")],
  at: (twilio, { workspaceSid }) => operations(twilio.taskrouter.v1.workspaces(workspaceSid).taskQueues),
});

import { common, resource } from "../../engine/definition.ts";
import { bool, choice, csv, sid, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";

const settings = "points at an activity inside the workspace: WorkspaceSettings sets it";

export const workspace = resource({
  token: "twilio:taskrouter:Workspace",
  description:
    "The container of everything TaskRouter routes with: activities, workers, queues, workflows, task channels. " +
    "A new one has the activities Offline, Available and Unavailable and the task channels default, voice, " +
    "chat, sms and video. Deleting it deletes all of them.",
  example: `const workspace = new twilio.taskrouter.Workspace("flex", {
  friendlyName: "Flex Task Assignment",
  adopt: true, // the one that Flex made
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/workspace",
  openApi: {
    document: "taskrouter_v1",
    create: "CreateWorkspace",
    fetch: "FetchWorkspace",
    update: "UpdateWorkspace",
    excludedParams: { DefaultActivitySid: settings, TimeoutActivitySid: settings },
  },
  parents: {},
  sid: "WS",
  inputs: {
    friendlyName: text("Name of the workspace.", { required: true, minLength: 1, maxLength: 64 }),
    eventCallbackUrl: url("Where Twilio posts the workspace's events."),
    eventsFilter: csv(
      "Events that go to `eventCallbackUrl`, for example `task.created`. All of them when empty.",
    ),
    multiTaskEnabled: bool(
      "Whether a worker can hold tasks of several channels at once. Twilio does not let you turn it off again.",
      { default: true },
    ),
    template: choice(
      "What a new workspace holds: `FIFO` adds the queue Sample Queue and the workflow Default Fifo Workflow.",
      ["NONE", "FIFO"],
      { createOnly: true, writeOnly: true, default: "NONE" },
    ),
    prioritizeQueueOrder: choice(
      "Which kind of queue comes first for a worker who serves FIFO and LIFO queues.",
      ["FIFO", "LIFO"],
      { default: "FIFO" },
    ),
  },
  outputs: {
    ...common,
    defaultActivitySid: sid("Activity a new worker starts in.", "WA", { required: true }),
    defaultActivityName: text("Name of the default activity.", { required: true }),
    timeoutActivitySid: sid("Activity a worker gets when a reservation times out.", "WA", { required: true }),
    timeoutActivityName: text("Name of the timeout activity.", { required: true }),
  },
  keys: [{ inputs: ["friendlyName"], filter: ({ friendlyName }) => ({ friendlyName }) }],
  at: (twilio) => operations(twilio.taskrouter.v1.workspaces),
});

import { common, parent, resource } from "../../engine/definition.ts";
import { bool, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";

export const activity = resource({
  token: "twilio:taskrouter:Activity",
  description:
    "What a worker is doing: on a break, in a meeting, available. Only workers in an available activity are " +
    "offered tasks.",
  example: `const training = new twilio.taskrouter.Activity("training", {
  workspaceSid: workspace.sid,
  friendlyName: "Training",
  available: false,
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/activity",
  openApi: {
    document: "taskrouter_v1",
    create: "CreateActivity",
    fetch: "FetchActivity",
    update: "UpdateActivity",
  },
  parents: { workspaceSid: parent("WS", "Workspace the activity belongs to.") },
  sid: "WA",
  inputs: {
    friendlyName: text("Name that agents see, unique within its workspace.", {
      required: true,
      minLength: 1,
      maxLength: 64,
    }),
    available: bool(
      "Whether workers in it are offered tasks. Twilio ignores changes of it, so a change replaces the activity.",
      { createOnly: true, default: false },
    ),
  },
  outputs: { ...common },
  keys: [{ inputs: ["friendlyName"], filter: ({ friendlyName }) => ({ friendlyName }) }],
  fixes: [
    {
      on: "delete",
      status: 400,
      fix:
        "Make another activity the workspace's default and timeout activity (WorkspaceSettings) and move the " +
        "workers that are in this one, then try again.",
    },
  ],
  at: (twilio, { workspaceSid }) => operations(twilio.taskrouter.v1.workspaces(workspaceSid).activities),
});

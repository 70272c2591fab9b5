import { common, parent, resource } from "../../engine/definition.ts";
import { bool, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { waitingTasks } from "./waitingTasks.ts";

export const taskChannel = resource({
  token: "twilio:taskrouter:TaskChannel",
  description:
    "A kind of task, such as chat or sms, for which each worker has a capacity of its own. Every workspace has " +
    "the channels default, voice, chat, sms and video from the start.",
  example: `const custom = new twilio.taskrouter.TaskChannel("custom", {
  workspaceSid: workspace.sid,
  friendlyName: "Custom messaging",
  uniqueName: "custom1",
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/task-channel",
  openApi: {
    document: "taskrouter_v1",
    create: "CreateTaskChannel",
    fetch: "FetchTaskChannel",
    update: "UpdateTaskChannel",
  },
  parents: { workspaceSid: parent("WS", "Workspace the channel belongs to.") },
  sid: "TC",
  inputs: {
    friendlyName: text("Name of the channel.", { required: true, minLength: 1, maxLength: 64 }),
    uniqueName: text("Name that tasks give in `TaskChannel`, unique within its workspace.", {
      required: true,
      createOnly: true,
      minLength: 1,
    }),
    channelOptimizedRouting: bool(
      "Whether workers with the most capacity left on this channel are preferred.",
      { default: false },
    ),
  },
  outputs: { ...common },
  keys: [{ inputs: ["uniqueName"] }],
  fixes: [waitingTasks("on the channel")],
  at: (twilio, { workspaceSid }) => operations(twilio.taskrouter.v1.workspaces(workspaceSid).taskChannels),
});

import { common, parent, resource } from "../../engine/definition.ts";
import { bool, int, sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";

export const workerChannel = resource({
  token: "twilio:taskrouter:WorkerChannel",
  description:
    "How many tasks of one task channel a worker can hold at once. Twilio makes one for each worker and task " +
    "channel: this resource takes it over, and destroying it leaves it as it is.",
  example: `new twilio.taskrouter.WorkerChannel("ada-chat", {
  workspaceSid: workspace.sid,
  workerSid: ada.sid,
  taskChannelUniqueName: "chat",
  capacity: 3,
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/worker/workerchannel",
  openApi: { document: "taskrouter_v1", fetch: "FetchWorkerChannel", update: "UpdateWorkerChannel" },
  parents: {
    workspaceSid: parent("WS", "Workspace the worker belongs to."),
    workerSid: parent("WK", "Worker whose capacity it is."),
  },
  sid: "WC",
  inputs: {
    taskChannelUniqueName: text("Unique name of the task channel, for example `chat`.", {
      required: true,
      createOnly: true,
      minLength: 1,
    }),
    capacity: int("How many tasks of the channel the worker can hold at once; 0 is none.", {
      min: 0,
      computed: "Twilio's default",
      clear: false,
      response: "configuredCapacity",
    }),
    available: bool("Whether the worker is offered tasks of the channel.", { default: true }),
  },
  outputs: {
    ...common,
    taskChannelSid: sid("SID of the task channel.", "TC", { required: true, stable: true }),
    assignedTasks: int("How many tasks of the channel the worker holds now.", { required: true }),
    availableCapacityPercentage: int("How much of the capacity is free now, in percent.", { required: true }),
  },
  keys: [
    { inputs: ["taskChannelUniqueName"], fetch: ({ taskChannelUniqueName }) => taskChannelUniqueName ?? "" },
  ],
  life: "given",
  onDelete: { forget: "Twilio keeps one for each worker and task channel; its capacity stays as it is" },
  at(twilio, { workspaceSid, workerSid }) {
    const channels = twilio.taskrouter.v1.workspaces(workspaceSid).workers(workerSid).workerChannels;
    const all = operations(channels);
    return {
      ...all,
      // The path takes the channel's unique name in place of the SID, which spares a look-up.
      create: ({ taskChannelUniqueName, ...params }) => all.update!(String(taskChannelUniqueName), params),
    };
  },
});

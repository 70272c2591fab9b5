import { invalid } from "../../kernel/errors.ts";
import { boolean, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { addWorkerChannel } from "./addWorkerChannel.ts";
import { refuseWhileUsed } from "./assignment/openTasks.ts";
import { taskChannel, worker, workerChannel } from "./stored/kinds.ts";
import { workspaceResource } from "./workspace.ts";

export const taskChannelResource = resource(taskChannel, {
  prefix: "TC",
  path: "/v1/Workspaces/{WorkspaceSid}/TaskChannels",
  parent: workspaceResource,
  // Twilio's name for the list, although worker channels have the same.
  listKey: "channels",
  parameters: {
    FriendlyName: text({ required: true, max: 64 }),
    UniqueName: text({ required: true, on: "create" }),
    ChannelOptimizedRouting: boolean({ default: false }),
  },
  unique: [
    {
      field: "unique_name",
      taken: (name, parent, account) =>
        invalid(
          `TaskChannel with unique name ${name} already exists for workspace ${parent} for account ${account}`,
        ),
    },
  ],
  alias: "unique_name",
  links: { workspace: "/v1/Workspaces/{WorkspaceSid}" },
  afterCreate(created, context) {
    for (const { sid } of context.of(worker).all(created.parentSid)) addWorkerChannel(context, sid, created);
  },
  beforeDelete({ sid, parentSid, fields }, context) {
    const what = `TaskChannel ${fields.unique_name}`;
    refuseWhileUsed(context, parentSid, { field: "task_channel_sid", sid, what });
    const channels = context.of(workerChannel);
    for (const { sid: workerSid } of context.of(worker).all(parentSid)) {
      for (const channel of channels.all(workerSid, { field: "task_channel_sid", value: sid }))
        channels.remove(channel);
    }
  },
});

import { availableCapacityPercentage } from "../../../routing/index.ts";
import { boolean, integer } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { channelLoad } from "./stored/channelLoad.ts";
import { worker, workerChannel } from "./stored/kinds.ts";
import { workerResource } from "./worker.ts";

export const workerChannelResource = resource(workerChannel, {
  prefix: "WC",
  path: "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels",
  parent: workerResource,
  listKey: "channels",
  operations: ["fetch", "list", "update"],
  parameters: {
    Capacity: integer({ on: "update", min: 0, field: "configured_capacity" }),
    Available: boolean({ on: "update" }),
  },
  unique: [
    {
      field: "task_channel_unique_name",
      taken: (name) => new Error(`A worker has two channels ${name}`),
    },
  ],
  indexed: ["task_channel_sid"],
  alias: "task_channel_unique_name",
  render({ parentSid, fields: { task_channel_sid: channel, configured_capacity: capacity } }, context) {
    const workspaceSid = context.of(worker).get(parentSid)?.parentSid ?? "";
    const { assigned, active } = channelLoad(context, workspaceSid, parentSid, channel);
    return {
      assigned_tasks: assigned,
      available_capacity_percentage: availableCapacityPercentage({
        available: true,
        configuredCapacity: capacity,
        assignedTasks: assigned,
        activeReservations: active,
      }),
    };
  },
});

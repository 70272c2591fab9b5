import { availableCapacityPercentage } from "../../../routing/index.ts";
import type { Context } from "../../kernel/context.ts";
import { boolean, integer } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { channelLoad } from "./assignment/load.ts";
import type { TaskChannel } from "./taskChannel.ts";
import { worker } from "./worker.ts";

/** How many tasks of one task channel a worker takes. */
export interface WorkerChannel {
  task_channel_sid: string;
  /** Path alias; Twilio fixes it when the task channel is made. */
  task_channel_unique_name: string;
  /** 0: none. */
  configured_capacity: number;
  available: boolean;
}

export const workerChannel: Resource<WorkerChannel> = resource<WorkerChannel>({
  kind: "taskrouter.WorkerChannel",
  prefix: "WC",
  path: "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels",
  parent: () => worker,
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

/** Gives a worker a channel of a task channel, as Twilio does whenever a worker or a task channel is made. */
export function addWorkerChannel(context: Context, workerSid: string, channel: Document<TaskChannel>): void {
  context.of(workerChannel).insert(workerSid, {
    task_channel_sid: channel.sid,
    task_channel_unique_name: channel.fields.unique_name,
    configured_capacity: 1,
    available: true,
  });
}

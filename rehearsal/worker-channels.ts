import type { RoutingChannel } from "../routing/index.ts";
import type { SetupTaskChannel } from "./routing-setup.ts";

/** What a new worker can take: one task of each kind. */
export const newWorkerChannel: RoutingChannel = {
  available: true,
  configuredCapacity: 1,
  assignedTasks: 0,
  activeReservations: 0,
};

/** The worker channels of a new worker, one for each task channel of the workspace. */
export function newWorkerChannels(
  taskChannels: readonly Pick<SetupTaskChannel, "uniqueName">[],
): Record<string, RoutingChannel> {
  return Object.fromEntries(taskChannels.map(({ uniqueName }) => [uniqueName, newWorkerChannel]));
}

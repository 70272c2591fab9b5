import type { ResourceDefinition } from "../engine/definition.ts";
import { activity } from "./taskrouter/activity.ts";
import { taskChannel } from "./taskrouter/taskChannel.ts";
import { taskQueue } from "./taskrouter/taskQueue.ts";
import { worker } from "./taskrouter/worker.ts";
import { workerChannel } from "./taskrouter/workerChannel.ts";
import { workflow } from "./taskrouter/workflow.ts";
import { workspace } from "./taskrouter/workspace.ts";
import { workspaceSettings } from "./taskrouter/workspaceSettings.ts";

/** Every resource the provider has. */
export const resources: readonly ResourceDefinition[] = [
  workspace,
  workspaceSettings,
  activity,
  taskChannel,
  taskQueue,
  workflow,
  worker,
  workerChannel,
];

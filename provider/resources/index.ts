import type { ResourceDefinition } from "../engine/definition.ts";
import { incomingPhoneNumber } from "./api/incomingPhoneNumber.ts";
import { channel } from "./chat/channel.ts";
import { channelWebhook } from "./chat/channelWebhook.ts";
import { role } from "./chat/role.ts";
import { service as chatService } from "./chat/service.ts";
import { user } from "./chat/user.ts";
import { configuration } from "./flex/configuration.ts";
import { flexFlow } from "./flex/flexFlow.ts";
import { phoneNumber as messagingPhoneNumber } from "./messaging/phoneNumber.ts";
import { service as messagingService } from "./messaging/service.ts";
import { phoneNumber as proxyPhoneNumber } from "./proxy/phoneNumber.ts";
import { service as proxyService } from "./proxy/service.ts";
import { flow } from "./studio/flow.ts";
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
  chatService,
  role,
  user,
  channel,
  channelWebhook,
  proxyService,
  proxyPhoneNumber,
  flow,
  flexFlow,
  configuration,
  incomingPhoneNumber,
  messagingService,
  messagingPhoneNumber,
];

// Written by npm run sdk, from the declarations in the folders beside it.
import type { ResourceDefinition } from "../engine/definition.ts";
import { incomingPhoneNumber as apiIncomingPhoneNumber } from "./api/incomingPhoneNumber.ts";
import { channel as chatChannel } from "./chat/channel.ts";
import { channelWebhook as chatChannelWebhook } from "./chat/channelWebhook.ts";
import { role as chatRole } from "./chat/role.ts";
import { service as chatService } from "./chat/service.ts";
import { user as chatUser } from "./chat/user.ts";
import { address as conversationsAddress } from "./conversations/address.ts";
import { configuration as conversationsConfiguration } from "./conversations/configuration.ts";
import { configurationWebhooks as conversationsConfigurationWebhooks } from "./conversations/configurationWebhooks.ts";
import { role as conversationsRole } from "./conversations/role.ts";
import { service as conversationsService } from "./conversations/service.ts";
import { serviceConfiguration as conversationsServiceConfiguration } from "./conversations/serviceConfiguration.ts";
import { serviceNotifications as conversationsServiceNotifications } from "./conversations/serviceNotifications.ts";
import { serviceWebhooks as conversationsServiceWebhooks } from "./conversations/serviceWebhooks.ts";
import { user as conversationsUser } from "./conversations/user.ts";
import { configuration as flexConfiguration } from "./flex/configuration.ts";
import { flexFlow as flexFlexFlow } from "./flex/flexFlow.ts";
import { phoneNumber as messagingPhoneNumber } from "./messaging/phoneNumber.ts";
import { service as messagingService } from "./messaging/service.ts";
import { phoneNumber as proxyPhoneNumber } from "./proxy/phoneNumber.ts";
import { service as proxyService } from "./proxy/service.ts";
import { flow as studioFlow } from "./studio/flow.ts";
import { activity as taskrouterActivity } from "./taskrouter/activity.ts";
import { taskChannel as taskrouterTaskChannel } from "./taskrouter/taskChannel.ts";
import { taskQueue as taskrouterTaskQueue } from "./taskrouter/taskQueue.ts";
import { worker as taskrouterWorker } from "./taskrouter/worker.ts";
import { workerChannel as taskrouterWorkerChannel } from "./taskrouter/workerChannel.ts";
import { workflow as taskrouterWorkflow } from "./taskrouter/workflow.ts";
import { workspace as taskrouterWorkspace } from "./taskrouter/workspace.ts";
import { workspaceSettings as taskrouterWorkspaceSettings } from "./taskrouter/workspaceSettings.ts";

/** Every resource the provider has. */
export const resources: readonly ResourceDefinition[] = [
  apiIncomingPhoneNumber,
  chatChannel,
  chatChannelWebhook,
  chatRole,
  chatService,
  chatUser,
  conversationsAddress,
  conversationsConfiguration,
  conversationsConfigurationWebhooks,
  conversationsRole,
  conversationsService,
  conversationsServiceConfiguration,
  conversationsServiceNotifications,
  conversationsServiceWebhooks,
  conversationsUser,
  flexConfiguration,
  flexFlexFlow,
  messagingPhoneNumber,
  messagingService,
  proxyPhoneNumber,
  proxyService,
  studioFlow,
  taskrouterActivity,
  taskrouterTaskChannel,
  taskrouterTaskQueue,
  taskrouterWorker,
  taskrouterWorkerChannel,
  taskrouterWorkflow,
  taskrouterWorkspace,
  taskrouterWorkspaceSettings,
];

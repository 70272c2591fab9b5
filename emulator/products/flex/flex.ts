import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { channelResource, createChannel, createWebChannel, webChannelResource } from "./channel.ts";
import { configurationResource, fetchConfiguration, updateConfiguration } from "./configuration.ts";
import { configuredPluginResource } from "./configuredPlugin.ts";
import { flexFlowResource } from "./flexFlow.ts";
import { followTask } from "./interactions/followTask.ts";
import { interactionResources, interactionRoutes } from "./interactions/interactions.ts";
import { archivePlugin, pluginResource } from "./plugin.ts";
import { archivePluginConfiguration, pluginConfigurationResource } from "./pluginConfiguration.ts";
import { fetchPluginRelease, pluginReleaseResource } from "./pluginRelease.ts";
import { archivePluginVersion, pluginVersionResource } from "./pluginVersion.ts";
import { fetchProvisioningStatus } from "./provisioningStatus.ts";

export const flex: Product = {
  host: "flex-api",
  dialect: versioned,
  operations: operationsOf("flex-api.twilio.com"),
  resources: [
    flexFlowResource,
    channelResource,
    webChannelResource,
    configurationResource,
    pluginResource,
    pluginVersionResource,
    pluginConfigurationResource,
    configuredPluginResource,
    pluginReleaseResource,
    ...interactionResources,
  ],
  routes: [
    { method: "GET", path: configurationResource.path, handle: fetchConfiguration },
    { method: "POST", path: configurationResource.path, body: "json", handle: updateConfiguration },
    { method: "POST", path: channelResource.path, handle: createChannel },
    { method: "POST", path: webChannelResource.path, handle: createWebChannel },
    { method: "POST", path: `${pluginResource.instancePath}/Archive`, handle: archivePlugin },
    { method: "POST", path: `${pluginVersionResource.instancePath}/Archive`, handle: archivePluginVersion },
    {
      method: "POST",
      path: `${pluginConfigurationResource.instancePath}/Archive`,
      handle: archivePluginConfiguration,
    },
    { method: "GET", path: pluginReleaseResource.instancePath, handle: fetchPluginRelease },
    { method: "GET", path: "/v1/account/provision/status", handle: fetchProvisioningStatus },
    ...interactionRoutes,
  ],
  onChange: followTask,
};

import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { channel, createChannel, createWebChannel, webChannel } from "./channel.ts";
import { configuration, fetchConfiguration, updateConfiguration } from "./configuration.ts";
import { configuredPlugin } from "./configuredPlugin.ts";
import { flexFlow } from "./flexFlow.ts";
import { archivePlugin, plugin } from "./plugin.ts";
import { archivePluginConfiguration, pluginConfiguration } from "./pluginConfiguration.ts";
import { fetchPluginRelease, pluginRelease } from "./pluginRelease.ts";
import { archivePluginVersion, pluginVersion } from "./pluginVersion.ts";
import { fetchProvisioningStatus } from "./provisioningStatus.ts";

export const flex: Product = {
  host: "flex-api",
  dialect: versioned,
  operations: operationsOf("flex-api.twilio.com"),
  resources: [
    flexFlow,
    channel,
    webChannel,
    configuration,
    plugin,
    pluginVersion,
    pluginConfiguration,
    configuredPlugin,
    pluginRelease,
  ],
  routes: [
    { method: "GET", path: configuration.path, handle: fetchConfiguration },
    { method: "POST", path: configuration.path, body: "json", handle: updateConfiguration },
    { method: "POST", path: channel.path, handle: createChannel },
    { method: "POST", path: webChannel.path, handle: createWebChannel },
    { method: "POST", path: `${plugin.instancePath}/Archive`, handle: archivePlugin },
    { method: "POST", path: `${pluginVersion.instancePath}/Archive`, handle: archivePluginVersion },
    {
      method: "POST",
      path: `${pluginConfiguration.instancePath}/Archive`,
      handle: archivePluginConfiguration,
    },
    { method: "GET", path: pluginRelease.instancePath, handle: fetchPluginRelease },
    { method: "GET", path: "/v1/account/provision/status", handle: fetchProvisioningStatus },
  ],
};

import { invalid } from "../../kernel/errors.ts";
import { resource } from "../../kernel/resource.ts";
import { configuredPlugin, plugin, pluginVersion } from "./kinds.ts";
import { pluginConfigurationResource } from "./pluginConfiguration.ts";

export const configuredPluginResource = resource(configuredPlugin, {
  // It has no SID of its own that anybody sees; paths lead to it by the plug-in's.
  prefix: "FP",
  path: "/v1/PluginService/Configurations/{ConfigurationSid}/Plugins",
  instancePath: "/v1/PluginService/Configurations/{ConfigurationSid}/Plugins/{PluginSid}",
  parent: pluginConfigurationResource,
  listKey: "plugins",
  operations: ["fetch", "list"],
  unique: [
    {
      field: "plugin_sid",
      taken: (pluginSid) => invalid(`Plugins: plugin ${pluginSid} has two versions; one can be configured`),
    },
  ],
  alias: "plugin_sid",
  hidden: ["sid", "date_updated"],
  render({ parentSid, fields }, context) {
    const configured = context.of(plugin).get(fields.plugin_sid)?.fields;
    const version = context.of(pluginVersion).get(fields.plugin_version_sid)?.fields;
    return {
      unique_name: configured?.unique_name ?? null,
      friendly_name: configured?.friendly_name ?? null,
      description: configured?.description ?? null,
      plugin_archived: configured?.archived ?? null,
      version: version?.version ?? null,
      plugin_url: version?.plugin_url ?? null,
      changelog: version?.changelog ?? null,
      private: version?.private ?? null,
      plugin_version_archived: version?.archived ?? null,
      url: `https://flex-api.twilio.com/v1/PluginService/Configurations/${parentSid}/Plugins/${fields.plugin_sid}`,
    };
  },
});

import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { findDocument, render } from "../../kernel/crud.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { text } from "../../kernel/parameter.ts";
import { type Document, type Draft, resource, type Resource } from "../../kernel/resource.ts";
import { configuredPlugin, type ConfiguredPlugin } from "./configuredPlugin.ts";
import { plugin } from "./plugin.ts";
import { pluginConfiguration } from "./pluginConfiguration.ts";
import { pluginVersion } from "./pluginVersion.ts";

/** Makes Flex UI load the plug-ins of a configuration; the newest release is the active one. */
export interface PluginRelease {
  configuration_sid: string;
}

export const pluginRelease: Resource<PluginRelease> = resource<PluginRelease>({
  kind: "flex.PluginRelease",
  prefix: "FK",
  path: "/v1/PluginService/Releases",
  listKey: "releases",
  operations: ["create", "list"],
  parameters: {
    ConfigurationId: text({ on: "create", required: true, field: "configuration_sid" }),
  },
  newestFirst: true,
  hidden: ["date_updated"],
  beforeWrite: refuseArchived,
});

function refuseArchived({ fields }: Draft<PluginRelease>, context: Context): void {
  const { configuration_sid: sid } = fields;
  const configuration = context.of(pluginConfiguration).get(sid);
  if (configuration === undefined) throw invalid(`Plugin configuration ${sid.slice(0, 64)} does not exist`);
  if (configuration.fields.archived) throw invalid(`Plugin configuration ${sid} is archived`);
  const archived = context
    .of(configuredPlugin)
    .all(sid)
    .find(
      ({ fields: configured }) =>
        context.of(plugin).get(configured.plugin_sid)?.fields.archived === true ||
        context.of(pluginVersion).get(configured.plugin_version_sid)?.fields.archived === true,
    );
  if (archived !== undefined)
    throw invalid(`Plugin configuration ${sid} has ${archived.fields.plugin_version_sid}, which is archived`);
}

/** Answers a fetch by SID, or of the active one by `active`. */
export function fetchPluginRelease(request: RequestContext): Reply {
  const isActive = request.parameters["Sid"]?.toLowerCase() === "active";
  const found = isActive ? activeRelease(request.context) : findDocument(request, pluginRelease);
  if (found === undefined) throw notFound(request.path);
  return { status: 200, body: render(found, pluginRelease, request) };
}

/** The release that Flex UI follows, if there is any. */
export function activeRelease(context: Context): Document<PluginRelease> | undefined {
  const [newest] = context.of(pluginRelease).scan({ parent: context.accountSid, descending: true });
  return newest;
}

/** The plug-ins that Flex UI loads. */
export function activePlugins(context: Context): Document<ConfiguredPlugin>[] {
  const release = activeRelease(context);
  return release === undefined ? [] : context.of(configuredPlugin).all(release.fields.configuration_sid);
}

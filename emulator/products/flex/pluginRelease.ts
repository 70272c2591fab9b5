import type { Context } from "../../kernel/context.ts";
import { findDocument, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { type Draft, resource } from "../../kernel/resource.ts";
import {
  configuredPlugin,
  type ConfiguredPlugin,
  plugin,
  pluginConfiguration,
  type PluginRelease,
  pluginRelease,
  pluginVersion,
} from "./kinds.ts";

export const pluginReleaseResource = resource(pluginRelease, {
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
  const found = isActive ? activeRelease(request.context) : findDocument(request, pluginReleaseResource);
  if (found === undefined) throw notFound(request.path);
  return { status: 200, body: render(found, pluginReleaseResource, request) };
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

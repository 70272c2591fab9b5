import type { Context, Input } from "../../kernel/context.ts";
import { findDocument, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { list, parseJson, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { isSid } from "../../kernel/sid.ts";
import { archive } from "./archive.ts";
import { configuredPlugin, plugin, pluginConfiguration, pluginVersion } from "./kinds.ts";
import { activeRelease } from "./pluginRelease.ts";

/** When Flex UI loads a plug-in that does not say: the only phase there is. */
const usualPhase = 3;

export const pluginConfigurationResource = resource(pluginConfiguration, {
  prefix: "FJ",
  path: "/v1/PluginService/Configurations",
  listKey: "configurations",
  operations: ["create", "fetch", "list"],
  parameters: {
    Name: text({ on: "create", required: true }),
    // JSON objects with `plugin_version`, a SID, and `phase`.
    Plugins: list(text(), { on: "create", field: null }),
    Description: text({ on: "create", max: 500 }),
  },
  newestFirst: true,
  hidden: ["date_updated"],
  links: { plugins: "/Plugins" },
  beforeWrite({ fields }) {
    fields.archived = false;
  },
  afterCreate({ sid }, context, input) {
    for (const given of pluginsOf(input)) {
      const { version, phase } = readPlugin(context, given);
      context.of(configuredPlugin).insert(sid, {
        plugin_sid: version.parentSid,
        plugin_version_sid: version.sid,
        phase,
      });
    }
  },
});

function pluginsOf(input: Input): readonly unknown[] {
  const given = input["Plugins"];
  return Array.isArray(given) ? (given as unknown[]) : [];
}

/** @throws TwilioError for a plug-in that can't be configured */
function readPlugin(
  context: Context,
  given: unknown,
): { version: Document<{ archived: boolean }>; phase: number } {
  const parsed = parseJson(String(given), "Plugins");
  if (!isJsonObject(parsed)) throw invalid("Plugins must be JSON objects with plugin_version and phase");
  const { plugin_version: versionSid, phase = usualPhase } = parsed;
  if (typeof versionSid !== "string" || !isSid(versionSid, "FV"))
    throw invalid("Plugins: plugin_version must be a SID that starts with FV");
  if (typeof phase !== "number" || !Number.isInteger(phase))
    throw invalid("Plugins: phase must be a whole number");
  const version = context.of(pluginVersion).get(versionSid);
  if (version === undefined) throw invalid(`Plugin version ${versionSid} does not exist`);
  if (version.fields.archived || context.of(plugin).get(version.parentSid)?.fields.archived === true)
    throw invalid(`Plugin version ${versionSid} is archived`);
  return { version, phase };
}

/** Answers an archive, which is for good. @throws TwilioError while the configuration is released */
export function archivePluginConfiguration(request: RequestContext): Reply {
  const { context } = request;
  const found = findDocument(request, pluginConfigurationResource);
  const isActive = activeRelease(context)?.fields.configuration_sid === found.sid;
  const archived = archive(context, pluginConfiguration, found, isActive);
  const { links: _links, ...body } = render(archived, pluginConfigurationResource, request) as {
    links: unknown;
    url: string;
  };
  return { status: 200, body: { ...body, url: `${body.url}/Archive` } };
}

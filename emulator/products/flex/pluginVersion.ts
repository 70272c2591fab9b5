import { findDocument, render } from "../../kernel/crud.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { boolean, text, url } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { archive } from "./archive.ts";
import { plugin, pluginVersion } from "./kinds.ts";
import { pluginResource } from "./plugin.ts";
import { activePlugins } from "./pluginRelease.ts";

export const pluginVersionResource = resource(pluginVersion, {
  prefix: "FV",
  path: "/v1/PluginService/Plugins/{PluginSid}/Versions",
  parent: pluginResource,
  listKey: "plugin_versions",
  operations: ["create", "fetch", "list"],
  parameters: {
    Version: text({ on: "create", required: true }),
    PluginUrl: url({ on: "create", required: true }),
    Changelog: text({ on: "create" }),
    Private: boolean({ on: "create", default: false }),
    // The version of the plug-ins CLI.
    CliVersion: text({ on: "create", field: null }),
    ValidateStatus: text({ on: "create", field: null }),
  },
  unique: [
    {
      field: "version",
      taken: (version) => new TwilioError(409, 20409, `Version ${version} of the plugin already exists`),
    },
  ],
  alias: "version",
  newestFirst: true,
  hidden: ["date_updated"],
  beforeWrite({ fields, parentSid, input }, context) {
    if (context.of(plugin).get(parentSid)?.fields.archived === true)
      throw invalid(`Plugin ${parentSid} is archived: it gets no more versions`);
    // Twilio does not say which statuses mean that validation went well.
    Object.assign(fields, { archived: false, validated: typeof input["ValidateStatus"] === "string" });
  },
});

/** Answers an archive, which is for good. @throws TwilioError while the version is enabled */
export function archivePluginVersion(request: RequestContext): Reply {
  const found = findDocument(request, pluginVersionResource);
  const isEnabled = activePlugins(request.context).some(
    ({ fields }) => fields.plugin_version_sid === found.sid,
  );
  const archived = archive(request.context, pluginVersion, found, isEnabled);
  const { validated: _validated, ...body } = render(archived, pluginVersionResource, request) as {
    validated: boolean;
    url: string;
  };
  return { status: 200, body: { ...body, url: `${body.url}/Archive` } };
}

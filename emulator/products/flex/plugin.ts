import { findDocument, render } from "../../kernel/crud.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { archive } from "./archive.ts";
import { plugin } from "./kinds.ts";
import { activePlugins } from "./pluginRelease.ts";

export const pluginResource = resource(plugin, {
  prefix: "FP",
  path: "/v1/PluginService/Plugins",
  listKey: "plugins",
  operations: ["create", "fetch", "list", "update"],
  parameters: {
    UniqueName: text({ on: "create", required: true }),
    FriendlyName: text(),
    Description: text({ max: 500 }),
  },
  unique: [
    {
      field: "unique_name",
      taken: (name) => new TwilioError(409, 20409, `Plugin with unique name ${name} already exists`),
    },
  ],
  alias: "unique_name",
  newestFirst: true,
  links: { plugin_versions: "/Versions" },
  beforeWrite({ fields, previous }) {
    if (previous === undefined) fields.archived = false;
    // It has one always, as tests of a Terraform provider that ran against Twilio see it; which one, nobody says.
    fields.friendly_name ??= fields.unique_name;
  },
});

/** Answers an archive, which is for good. @throws TwilioError while the plug-in is enabled */
export function archivePlugin(request: RequestContext): Reply {
  const found = findDocument(request, pluginResource);
  const isEnabled = activePlugins(request.context).some(({ fields }) => fields.plugin_sid === found.sid);
  const archived = archive(request.context, plugin, found, isEnabled);
  const { links: _links, ...body } = render(archived, pluginResource, request) as {
    links: unknown;
    url: string;
  };
  return { status: 200, body: { ...body, url: `${body.url}/Archive` } };
}

import { invalid } from "../../kernel/errors.ts";
import { type Parameter, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { activity, worker, workspace } from "./stored/kinds.ts";
import { workspaceResource } from "./workspace.ts";
import { isYes } from "./yes.ts";

/** Twilio takes three words for yes and everything else for no. */
const available: Parameter = {
  // An update with it answers 200 and changes nothing.
  on: "create",
  required: false,
  default: false,
  field: undefined,
  read: ([value = ""]) => isYes(value),
};

export const activityResource = resource(activity, {
  prefix: "WA",
  path: "/v1/Workspaces/{WorkspaceSid}/Activities",
  parent: workspaceResource,
  listKey: "activities",
  parameters: {
    FriendlyName: text({ required: true, max: 64 }),
    Available: available,
  },
  // Not documented for activities; see the same of workspaces.
  unique: [
    {
      field: "friendly_name",
      taken: (name, parent, account) =>
        invalid(`Activity named ${name} already exists for workspace ${parent} for account ${account}`),
    },
  ],
  indexed: ["available"],
  filters: { FriendlyName: { field: "friendly_name" }, Available: { field: "available" } },
  links: { workspace: "/v1/Workspaces/{WorkspaceSid}" },
  beforeDelete({ sid, parentSid, fields }, context) {
    const { default_activity_sid, timeout_activity_sid } = context.of(workspace).get(parentSid)?.fields ?? {};
    for (const [use, used] of [
      ["default", default_activity_sid],
      ["timeout", timeout_activity_sid],
    ] as const) {
      if (used === sid) {
        throw invalid(
          `Activity ${fields.friendly_name} (${sid}) can't be deleted: it is the ${use} activity of its workspace`,
        );
      }
    }
    // What Twilio does with workers of a deleted activity is not documented; refusing loses nothing.
    const [user] = context.of(worker).all(parentSid, { field: "activity_sid", value: sid });
    if (user !== undefined) {
      throw invalid(
        `Activity ${fields.friendly_name} (${sid}) can't be deleted: worker ${user.sid} is in it`,
      );
    }
  },
});

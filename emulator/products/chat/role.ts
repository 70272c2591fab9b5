import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, missingParameter } from "../../kernel/errors.ts";
import { coded, list, oneOf, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { channel, invite, member, type Role, role, service, user } from "./kinds.ts";
import { checkPermissions } from "./permission.ts";
import { serviceResource } from "./service.ts";

export const roleResource = resource(role, {
  prefix: "RL",
  path: "/v2/Services/{ServiceSid}/Roles",
  parent: serviceResource,
  listKey: "roles",
  maxPageSize: 100,
  parameters: {
    FriendlyName: text({ on: "create", required: true, max: 64 }),
    Type: coded(50105, oneOf(["channel", "deployment"], { on: "create", required: true })),
    Permission: list(text({ empty: "" }), { required: true, field: "permissions" }),
  },
  beforeWrite({ fields, input }) {
    const given = input["Permission"];
    // An update has no other parameter, and a role that allows nothing is no role.
    if (!Array.isArray(given) || given.length === 0) throw missingParameter("Permission");
    fields.permissions = [...new Set(fields.permissions)];
    checkPermissions(fields.permissions, fields.type);
  },
  beforeDelete(document, context) {
    const user = userOf(document, context);
    if (user !== undefined) {
      throw invalid(
        `Role ${document.fields.friendly_name} (${document.sid}) can't be deleted: it is the ${user}`,
      );
    }
  },
});

/** Who would be left without a role. What Twilio does with those is not documented; refusing loses nothing. */
function userOf({ sid, parentSid }: Document<Role>, context: Context): string | undefined {
  const fields = context.of(service).get(parentSid)?.fields;
  if (fields?.default_service_role_sid === sid) return "default role of the service's users";
  if (fields?.default_channel_role_sid === sid) return "default role of channel members";
  if (fields?.default_channel_creator_role_sid === sid) return "default role of channel creators";
  const where = { field: "role_sid", value: sid } as const;
  const [holder] = context.of(user).all(parentSid, where);
  if (holder !== undefined) return `role of user ${holder.sid}`;
  for (const { sid: channelSid } of context.of(channel).scan({ parent: parentSid, descending: false })) {
    const [found] = context.of(member).all(channelSid, where);
    if (found !== undefined) return `role of member ${found.sid} of channel ${channelSid}`;
    const [invited] = context.of(invite).all(channelSid, where);
    if (invited !== undefined) return `role of invite ${invited.sid} to channel ${channelSid}`;
  }
  return undefined;
}

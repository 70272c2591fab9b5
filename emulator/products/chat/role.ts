import type { Context } from "../../kernel/context.ts";
import { invalid, missingParameter } from "../../kernel/errors.ts";
import { list, oneOf, text } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { channel } from "./channel.ts";
import { invite } from "./invite.ts";
import { member } from "./member.ts";
import { coded } from "./parameters.ts";
import { checkPermissions, type RoleType } from "./permission.ts";
import { service } from "./service.ts";
import { user } from "./user.ts";

export interface Role {
  friendly_name: string;
  type: RoleType;
  permissions: string[];
}

export const role: Resource<Role> = resource<Role>({
  kind: "chat.Role",
  prefix: "RL",
  path: "/v2/Services/{ServiceSid}/Roles",
  parent: () => service,
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

/** Refuses a role that is not of the service or not of the type. @throws TwilioError 50101 or 50102 */
export function checkRole(context: Context, serviceSid: string, roleSid: string, type: RoleType): void {
  const found = context.of(role).get(roleSid);
  if (found?.parentSid === serviceSid && found.fields.type === type) return;
  throw type === "channel"
    ? invalid(`Channel role not found: ${roleSid} is no channel role of service ${serviceSid}`, 50101)
    : invalid(`Service role not found: ${roleSid} is no deployment role of service ${serviceSid}`, 50102);
}

/** Gives a new service the roles that every service has. */
export function addDefaultRoles(
  context: Context,
  serviceSid: string,
  sids: { user: string; member: string; creator: string },
): void {
  const roles = context.of(role);
  roles.insert(serviceSid, { friendly_name: "service admin", type: "deployment", permissions: serviceAdmin });
  roles.insert(
    serviceSid,
    {
      friendly_name: "service user",
      type: "deployment",
      permissions: ["createChannel", "editOwnUserInfo", "joinChannel"],
    },
    sids.user,
  );
  roles.insert(
    serviceSid,
    { friendly_name: "channel admin", type: "channel", permissions: channelAdmin },
    sids.creator,
  );
  roles.insert(
    serviceSid,
    {
      friendly_name: "channel user",
      type: "channel",
      permissions: [
        "sendMessage",
        "sendMediaMessage",
        "leaveChannel",
        "editOwnMessage",
        "editOwnMessageAttributes",
        "deleteOwnMessage",
      ],
    },
    sids.member,
  );
}

const serviceAdmin = [
  "addMember",
  "createChannel",
  "deleteAnyMessage",
  "destroyChannel",
  "editAnyMessage",
  "editAnyMessageAttributes",
  "editAnyUserInfo",
  "editChannelAttributes",
  "editChannelName",
  "inviteMember",
  "joinChannel",
  "removeMember",
];

const channelAdmin = [
  "addMember",
  "deleteAnyMessage",
  "destroyChannel",
  "editAnyMessage",
  "editAnyMessageAttributes",
  "editChannelAttributes",
  "editChannelName",
  "inviteMember",
  "leaveChannel",
  "removeMember",
  "sendMediaMessage",
  "sendMessage",
];

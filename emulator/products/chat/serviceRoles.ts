import type { Context } from "../../kernel/context.ts";
import { invalid } from "../../kernel/errors.ts";
import { role } from "./kinds.ts";
import type { RoleType } from "./permission.ts";

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

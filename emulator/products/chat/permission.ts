import { invalid } from "../../kernel/errors.ts";

/** What a role is for: users of the service, or members of a channel. */
export type RoleType = "channel" | "deployment";

// The permissions are also named in provider/resources/chat/permissions.ts: provider and emulator are held against each other and share nothing.

const deploymentOnly = ["createChannel", "joinChannel"];

const channelOnly = [
  "sendMessage",
  "sendMediaMessage",
  "leaveChannel",
  "deleteOwnMessage",
  "editNotificationLevel",
  "editOwnMemberAttributes",
];

const both = [
  "destroyChannel",
  "inviteMember",
  "removeMember",
  "addMember",
  "editChannelName",
  "editChannelAttributes",
  "editOwnMessage",
  "editAnyMessage",
  "editOwnMessageAttributes",
  "editAnyMessageAttributes",
  "deleteAnyMessage",
  "editOwnUserInfo",
  "editAnyUserInfo",
  "editAnyMemberAttributes",
];

/** The permissions that a role of each type may have. */
export const permissions: Readonly<Record<RoleType, readonly string[]>> = {
  channel: [...channelOnly, ...both],
  deployment: [...deploymentOnly, ...both],
};

/** Refuses what a role of the type can't have. @throws TwilioError 50104 */
export function checkPermissions(given: readonly string[], type: RoleType): void {
  for (const permission of given) {
    if (!permissions[type].includes(permission)) {
      throw invalid(
        `Permission not found: a role of type ${type} has no ${JSON.stringify(permission.slice(0, 64))}`,
        50104,
      );
    }
  }
}

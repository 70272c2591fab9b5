// The permissions are also named in emulator/products/chat/permission.ts: provider and emulator are held against each other and share nothing.

/** What only a service role can allow. */
const deployment = ["createChannel", "joinChannel"] as const;

/** What only a channel role can allow. */
const channel = [
  "sendMessage",
  "sendMediaMessage",
  "leaveChannel",
  "deleteOwnMessage",
  "editNotificationLevel",
  "editOwnMemberAttributes",
] as const;

/** What both kinds of role can allow. */
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
] as const;

/** Permissions Twilio knows, by type of role. */
export const permissionsOf: Readonly<Record<"channel" | "deployment", readonly string[]>> = {
  channel: [...channel, ...both],
  deployment: [...deployment, ...both],
};

/** Permissions Twilio knows for either type of role. */
export const permissions: readonly string[] = [...deployment, ...channel, ...both];

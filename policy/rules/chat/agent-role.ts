/** The role Flex gives to agents in a channel. */
export const agentRoleName = "agent";

/** What Twilio gives that role, and asks not to modify. */
export const agentPermissions = [
  "sendMessage",
  "sendMediaMessage",
  "leaveChannel",
  "editChannelAttributes",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteOwnMessage",
] as const;

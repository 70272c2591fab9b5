/**
 * What an agent may do in a chat channel: exactly Twilio's standard permissions. Twilio asks not to
 * modify them: Flex adds agents to channels with this role, and fails where one is missing.
 */
export const agentPermissions = [
  "sendMessage",
  "sendMediaMessage",
  "leaveChannel",
  "editChannelAttributes",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteOwnMessage",
] as const;

/** The same, by the names that Conversations has for them. */
export const agentConversationPermissions = [
  "sendMessage",
  "sendMediaMessage",
  "leaveConversation",
  "editConversationAttributes",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteOwnMessage",
] as const;

/** Name of the role Flex gives to agents in a channel or conversation. */
export const agentRoleName = "agent";

// The permissions are also named in emulator/products/conversations/permission.ts: provider and emulator are held against each other and share nothing.

/** What only a service role can allow. */
const service = ["createConversation", "joinConversation"] as const;

/** What only a conversation role can allow. */
const conversation = [
  "sendMessage",
  "sendMediaMessage",
  "leaveConversation",
  "deleteOwnMessage",
  "editNotificationLevel",
  "editOwnParticipantAttributes",
] as const;

/** What both kinds of role can allow. */
const both = [
  "deleteConversation",
  "addParticipant",
  "addNonChatParticipant",
  "removeParticipant",
  "editConversationName",
  "editConversationAttributes",
  "editOwnMessage",
  "editAnyMessage",
  "editOwnMessageAttributes",
  "editAnyMessageAttributes",
  "deleteAnyMessage",
  "editOwnUserInfo",
  "editAnyUserInfo",
  "editAnyParticipantAttributes",
] as const;

/** Permissions of Conversations, by type of role. Twilio lists none: Chat's by their new names, and one more. */
export const permissionsOf: Readonly<Record<"conversation" | "service", readonly string[]>> = {
  conversation: [...conversation, ...both],
  service: [...service, ...both],
};

/** Permissions of Conversations for either type of role. */
export const permissions: readonly string[] = [...service, ...conversation, ...both];

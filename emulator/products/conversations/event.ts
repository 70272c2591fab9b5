/** What Conversations asks webhooks about before it happens. */
export const preEvents = [
  "onConversationAdd",
  "onConversationUpdate",
  "onConversationRemove",
  "onParticipantAdd",
  "onParticipantUpdate",
  "onParticipantRemove",
  "onMessageAdd",
  "onMessageUpdate",
  "onMessageRemove",
  "onUserUpdate",
] as const;

/** What it tells them of after. */
export const postEvents = [
  "onConversationAdded",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onDeliveryUpdated",
  "onUserAdded",
  "onUserUpdated",
] as const;

export const events = [...preEvents, ...postEvents] as const;

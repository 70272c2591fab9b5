// These events are also named in emulator/products/conversations/event.ts: provider and emulator are held against each other and share nothing.

/** Events before something happens: the webhook can refuse it. */
const before = [
  "onMessageAdd",
  "onMessageUpdate",
  "onMessageRemove",
  "onConversationAdd",
  "onConversationUpdate",
  "onConversationRemove",
  "onParticipantAdd",
  "onParticipantUpdate",
  "onParticipantRemove",
  "onUserUpdate",
] as const;

/** Events after something happened. */
const after = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationAdded",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
  "onUserAdded",
  "onUserUpdated",
] as const;

/** Every event that a webhook of an account or a service can ask for. */
export const webhookEvents: readonly string[] = [...before, ...after];

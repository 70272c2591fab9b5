/**
 * What Chat tells webhooks: events asked about before they happen, and told of after. They are also named in
 * provider/resources/chat/webhookEvents.ts: provider and emulator are held against each other and share nothing.
 */
export const events = [
  "onMessageSend",
  "onMessageUpdate",
  "onMessageRemove",
  "onMediaMessageSend",
  "onChannelAdd",
  "onChannelUpdate",
  "onChannelDestroy",
  "onMemberAdd",
  "onMemberUpdate",
  "onMemberRemove",
  "onUserUpdate",
  "onMessageSent",
  "onMessageUpdated",
  "onMessageRemoved",
  "onMediaMessageSent",
  "onChannelAdded",
  "onChannelUpdated",
  "onChannelDestroyed",
  "onMemberAdded",
  "onMemberUpdated",
  "onMemberRemoved",
  "onUserAdded",
  "onUserUpdated",
] as const;

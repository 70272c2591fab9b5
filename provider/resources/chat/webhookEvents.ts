// These events are also named in emulator/products/chat/event.ts: provider and emulator are held against each other and share nothing.

/** Events before something happens: the webhook can refuse it. */
const before = [
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
] as const;

/** Events after something happened. */
const after = [
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

/** Every event of Programmable Chat that a webhook can ask for. */
export const webhookEvents: readonly string[] = [...before, ...after];

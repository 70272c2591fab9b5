/** Task channels that every workspace has from the start. */
export const givenTaskChannels: readonly unknown[] = ["default", "voice", "chat", "sms", "video"];

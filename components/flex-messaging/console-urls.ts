const console = "https://www.twilio.com/console";

/** Where Twilio's console shows a resource, by what it is. */
export const consoleUrl = {
  workspace: (sid: string) => `${console}/taskrouter/workspaces/${sid}`,
  chatService: (sid: string) => `${console}/chat/services/${sid}`,
  proxyService: (sid: string) => `${console}/proxy/${sid}`,
  flow: (sid: string) => `${console}/studio/flows/${sid}`,
  phoneNumber: (sid: string) => `${console}/phone-numbers/incoming/${sid}`,
} as const;

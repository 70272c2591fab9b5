const console = "https://www.twilio.com/console";

/** Where Twilio's console shows a resource, by what it is. */
const atTwilio = {
  workspace: (sid: string) => `${console}/taskrouter/workspaces/${sid}`,
  chatService: (sid: string) => `${console}/chat/services/${sid}`,
  proxyService: (sid: string) => `${console}/proxy/${sid}`,
  flow: (sid: string) => `${console}/studio/flows/${sid}`,
  phoneNumber: (sid: string) => `${console}/phone-numbers/incoming/${sid}`,
} as const;

/** Where a resource is shown: by Twilio's console, or by the page of the local Twilio that has it. */
export function consoleUrl(
  what: keyof typeof atTwilio,
  localTwilio: string | undefined,
): (sid: string) => string {
  return localTwilio === undefined ? atTwilio[what] : (sid) => `${localTwilio}/#/account/${sid}`;
}

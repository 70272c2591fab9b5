import { isLoopback } from "../../provider/access.ts";

const console = "https://www.twilio.com/console";

/** Where Twilio's console shows a resource. */
export const consolePage = {
  message: (accountSid: string, sid: string) => `${console}/sms/logs/${accountSid}/${sid}`,
  messages: () => `${console}/sms/logs`,
  number: (sid: string) => `${console}/phone-numbers/incoming/${sid}`,
  numbers: () => `${console}/phone-numbers/incoming`,
  proxyService: (sid: string) => `${console}/proxy/${sid}`,
  session: (serviceSid: string, sid: string) => `${console}/proxy/${serviceSid}/sessions/${sid}`,
  chatService: (sid: string) => `${console}/chat/services/${sid}`,
  channel: (serviceSid: string, sid: string) => `${console}/chat/services/${serviceSid}/channels/${sid}`,
  role: (serviceSid: string, sid: string) => `${console}/chat/services/${serviceSid}/roles/${sid}`,
  flow: (sid: string) => `${console}/studio/flows/${sid}`,
  execution: (flowSid: string, sid: string) => `${console}/studio/flows/${flowSid}/executions/${sid}`,
  task: (workspaceSid: string, sid: string) =>
    `${console}/taskrouter/workspaces/${workspaceSid}/tasks/${sid}`,
  workflow: (workspaceSid: string, sid: string) =>
    `${console}/taskrouter/workspaces/${workspaceSid}/workflows/${sid}`,
  queue: (workspaceSid: string, sid: string) =>
    `${console}/taskrouter/workspaces/${workspaceSid}/taskqueues/${sid}`,
  worker: (workspaceSid: string, sid: string) =>
    `${console}/taskrouter/workspaces/${workspaceSid}/workers/${sid}`,
  conversationsWebhooks: () => `${console}/conversations/configuration/webhooks`,
  conversationService: (sid: string) => `${console}/conversations/services/${sid}`,
  conversation: (serviceSid: string, sid: string) =>
    `${console}/conversations/services/${serviceSid}/conversations/${sid}`,
  conversationsDefaults: () => `${console}/conversations/configuration/defaults`,
  flexMessaging: () => "https://www.twilio.com/console/flex/numbers",
} as const;

/**
 * What was found, with the local Twilio's own page in place of the console's where the account is on one: twilio.com knows
 * none of its resources.
 *
 * @param endpoint of the account; undefined: Twilio itself
 */
export function withLocalPages<T>(found: T, endpoint: string | undefined): T {
  const local = endpoint === undefined ? null : URL.parse(endpoint);
  return local === null || !isLoopback(local.hostname.replace(/^\[(.*)\]$/, "$1"))
    ? found
    : placed(found, local.origin);
}

function placed<T>(value: T, origin: string): T {
  if (Array.isArray(value)) return value.map((item: unknown) => placed(item, origin)) as T;
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === "page" && typeof item === "string" ? localPage(item, origin) : placed(item, origin),
    ]),
  ) as T;
}

/** The page of what the console's address names last, or of the account. */
function localPage(page: string, origin: string): string {
  if (!page.startsWith(console)) return page;
  const sid = page.match(/[A-Z]{2}[0-9a-f]{32}/g)?.at(-1);
  return sid === undefined ? `${origin}/#/account` : `${origin}/#/account/${sid}`;
}

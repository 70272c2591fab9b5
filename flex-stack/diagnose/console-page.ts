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

/** The last SID of an address of the console: what it shows. */
const shownSid = /\b[A-Z]{2}[0-9a-f]{32}(?=$|[^0-9a-f])(?!.*\b[A-Z]{2}[0-9a-f]{32})/;

/**
 * Where a stack's account shows what a page of Twilio's console is about: there, or, of an account on this machine, on the
 * page of the local Twilio.
 *
 * @param endpoint what stands in for Twilio; undefined at Twilio itself
 */
export function pageAt(page: string, endpoint: string | undefined): string {
  const url = endpoint === undefined ? null : URL.parse(endpoint);
  if (url === null || !isLoopback(url.hostname.replace(/^\[(.*)\]$/, "$1"))) return page;
  const sid = shownSid.exec(page)?.[0];
  return `${url.origin}/#/account${sid === undefined ? "" : `/${sid}`}`;
}

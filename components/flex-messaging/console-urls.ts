const console = "https://www.twilio.com/console";

type Place = "workspace" | "chatService" | "proxyService" | "flow" | "phoneNumber";

const paths: Readonly<Record<Place, string>> = {
  workspace: "taskrouter/workspaces",
  chatService: "chat/services",
  proxyService: "proxy",
  flow: "studio/flows",
  phoneNumber: "phone-numbers/incoming",
};

/**
 * Where resources are shown, by what they are: in Twilio's console, or on the page of the local Twilio.
 *
 * @param endpoint `twilio:endpoint` of the stack
 */
export function consoleUrls(endpoint: string | undefined): Readonly<Record<Place, (sid: string) => string>> {
  const local = endpoint === undefined ? null : URL.parse(endpoint);
  const isLocal = local !== null && /^(127(\.\d+){3}|localhost|\[::1\])$/.test(local.hostname);
  const urlOf = (place: Place) => (sid: string) =>
    isLocal ? `${local.origin}/#/account/${sid}` : `${console}/${paths[place]}/${sid}`;
  return {
    workspace: urlOf("workspace"),
    chatService: urlOf("chatService"),
    proxyService: urlOf("proxyService"),
    flow: urlOf("flow"),
    phoneNumber: urlOf("phoneNumber"),
  };
}

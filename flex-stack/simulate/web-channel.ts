import { type TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

// Web chats of Programmable Chat, which a Flex Flow of channel type web opens.

/** Opens a web chat of Programmable Chat. @returns the SID of its channel */
export async function openChat(http: TwilioHttp, flexFlowSid: string, identity: string): Promise<string> {
  const form = {
    FlexFlowSid: flexFlowSid,
    Identity: identity,
    CustomerFriendlyName: identity,
    ChatFriendlyName: `Chat with ${identity}`,
  };
  const url = "https://flex-api.twilio.com/v1/WebChannels";
  return (await http.send<{ sid: string }>({ method: "POST", url, form })).sid;
}

/** SID of the Flex Flow that web chats come by; undefined where there is none, or it is not enabled. */
export async function webFlow(http: TwilioHttp): Promise<string | undefined> {
  const { flex_flows: flows } = await http.send<{
    flex_flows: { sid: string; channel_type: string; enabled: boolean }[];
  }>({ method: "GET", url: "https://flex-api.twilio.com/v1/FlexFlows?PageSize=1000" });
  return flows.find(({ channel_type, enabled }) => channel_type === "web" && enabled)?.sid;
}

/** SIDs of the channels of all web chats. */
export async function webChannels(http: TwilioHttp): Promise<string[]> {
  const { flex_chat_channels: webChats } = await http.send<{ flex_chat_channels: { sid: string }[] }>({
    method: "GET",
    url: "https://flex-api.twilio.com/v1/WebChannels?PageSize=1000",
  });
  return webChats.map(({ sid }) => sid);
}

/** The visitor's newest of these web chats that is not over. */
export async function activeChat(
  http: TwilioHttp,
  identity: string,
  webChats: readonly string[],
): Promise<string | undefined> {
  const { chat_service_instance_sid: serviceSid } = await http.send<{ chat_service_instance_sid: string }>({
    method: "GET",
    url: "https://flex-api.twilio.com/v1/Configuration",
  });
  const service = `https://chat.twilio.com/v2/Services/${serviceSid}`;
  for (const sid of await chatsOf(http, service, identity)) {
    if (!webChats.includes(sid)) continue;
    const { attributes } = await http.send<{ attributes: string }>({
      method: "GET",
      url: `${service}/Channels/${sid}`,
    });
    if ((JSON.parse(attributes) as { status?: unknown }).status === "ACTIVE") return sid;
  }
  return undefined;
}

interface ChannelPage {
  readonly channels: readonly { readonly channel_sid: string }[];
  readonly meta: { readonly next_page_url: string | null };
}

/** SIDs of the channels that somebody is in, newest first. */
async function chatsOf(http: TwilioHttp, service: string, identity: string): Promise<string[]> {
  try {
    const sids: string[] = [];
    let url: string | null = `${service}/Users/${encodeURIComponent(identity)}/Channels?PageSize=50`;
    while (url !== null) {
      const page: ChannelPage = await http.send<ChannelPage>({ method: "GET", url });
      sids.push(...page.channels.map(({ channel_sid }) => channel_sid));
      url = page.meta.next_page_url;
    }
    return sids.reverse();
  } catch (error) {
    // Who never wrote is no user yet.
    if (error instanceof TwilioRefusal && error.status === 404) return [];
    throw error;
  }
}

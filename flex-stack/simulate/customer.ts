import { Failure } from "../failure/failure.ts";
import { type TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

/** Somebody outside who writes. */
export interface Customer {
  /** Lets a message of theirs come in. @returns its SID */
  write(body: string, mediaUrls: readonly string[]): Promise<string>;
}

/** A customer with a phone. */
export function texter(http: TwilioHttp, from: string, to: string): Customer {
  return { write: (body, mediaUrls) => comeIn(http, { from, to, body, mediaUrls }) };
}

/**
 * A visitor of a web chat: goes on in the conversation they have, else opens one as Flex's web chat does.
 *
 * @throws Failure when the account has no enabled Flex Flow for web chats
 */
export async function visitor(http: TwilioHttp, identity: string): Promise<Customer> {
  const channelSid = (await activeChat(http, identity)) ?? (await openChat(http, identity));
  return { write: (body, mediaUrls) => comeIn(http, { channelSid, from: identity, body, mediaUrls }) };
}

async function comeIn(http: TwilioHttp, json: object): Promise<string> {
  return (await http.send<{ sid: string }>({ method: "POST", url: "/_emulator/messages", json })).sid;
}

async function openChat(http: TwilioHttp, identity: string): Promise<string> {
  const flexFlowSid = await webFlow(http);
  const form = {
    FlexFlowSid: flexFlowSid,
    Identity: identity,
    CustomerFriendlyName: identity,
    ChatFriendlyName: `Chat with ${identity}`,
  };
  const url = "https://flex-api.twilio.com/v1/WebChannels";
  return (await http.send<{ sid: string }>({ method: "POST", url, form })).sid;
}

async function webFlow(http: TwilioHttp): Promise<string> {
  const { flex_flows: flows } = await http.send<{
    flex_flows: { sid: string; channel_type: string; enabled: boolean }[];
  }>({ method: "GET", url: "https://flex-api.twilio.com/v1/FlexFlows?PageSize=1000" });
  const found = flows.find(({ channel_type, enabled }) => channel_type === "web" && enabled);
  if (found !== undefined) return found.sid;
  throw new Failure({
    what: "The account has no enabled Flex Flow of channel type web, so nobody could open a web chat.",
    fix: "Make one with channelType web, or enable the one there is.",
  });
}

/** The visitor's newest web chat that is not over. */
async function activeChat(http: TwilioHttp, identity: string): Promise<string | undefined> {
  const { flex_chat_channels: webChats } = await http.send<{ flex_chat_channels: { sid: string }[] }>({
    method: "GET",
    url: "https://flex-api.twilio.com/v1/WebChannels?PageSize=1000",
  });
  const { chat_service_instance_sid: serviceSid } = await http.send<{ chat_service_instance_sid: string }>({
    method: "GET",
    url: "https://flex-api.twilio.com/v1/Configuration",
  });
  const service = `https://chat.twilio.com/v2/Services/${serviceSid}`;
  for (const sid of await chatsOf(http, service, identity)) {
    if (!webChats.some((chat) => chat.sid === sid)) continue;
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

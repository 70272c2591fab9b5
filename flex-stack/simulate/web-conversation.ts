import type { TwilioHttp } from "./twilio-http.ts";

// Web chats of Flex Conversations, which an Address of type chat opens.

/** SID of the enabled Address that web chats come by; undefined where there is none. */
export async function webAddress(http: TwilioHttp): Promise<string | undefined> {
  const { address_configurations: addresses } = await http.send<{
    address_configurations: { sid: string; auto_creation: { enabled: boolean } }[];
  }>({
    method: "GET",
    url: "https://conversations.twilio.com/v1/Configuration/Addresses?Type=chat&PageSize=50",
  });
  return addresses.find(({ auto_creation }) => auto_creation.enabled)?.sid;
}

/** Opens a web chat, as the web site's own backend does. @returns the SID of its conversation */
export async function openConversation(
  http: TwilioHttp,
  addressSid: string,
  identity: string,
): Promise<string> {
  const { conversation_sid: sid } = await http.send<{ conversation_sid: string }>({
    method: "POST",
    url: "https://flex-api.twilio.com/v2/WebChats",
    form: {
      AddressSid: addressSid,
      Identity: identity,
      CustomerFriendlyName: identity,
      ChatFriendlyName: `Chat with ${identity}`,
    },
  });
  return sid;
}

/** The visitor's newest conversation that is not closed, and none of these: Conversations has the channels of Chat as well. */
export async function openConversationOf(
  http: TwilioHttp,
  identity: string,
  webChats: readonly string[],
): Promise<string | undefined> {
  let newest: string | undefined;
  let url: string | null =
    `https://conversations.twilio.com/v1/ParticipantConversations?Identity=${encodeURIComponent(identity)}&PageSize=50`;
  while (url !== null) {
    const page: ConversationPage = await http.send<ConversationPage>({ method: "GET", url });
    const open = page.conversations.findLast(
      ({ conversation_sid: sid, conversation_state: state }) => state !== "closed" && !webChats.includes(sid),
    );
    newest = open?.conversation_sid ?? newest;
    url = page.meta.next_page_url;
  }
  return newest;
}

interface ConversationPage {
  readonly conversations: readonly {
    readonly conversation_sid: string;
    readonly conversation_state: string;
  }[];
  readonly meta: { readonly next_page_url: string | null };
}

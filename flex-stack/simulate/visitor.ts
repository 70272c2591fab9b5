import { Failure } from "../failure/failure.ts";
import { comeIn, type Customer } from "./customer.ts";
import type { TwilioHttp } from "./twilio-http.ts";
import { activeChat, openChat, webChannels, webFlow } from "./web-channel.ts";
import { openConversation, openConversationOf, webAddress } from "./web-conversation.ts";

/**
 * A visitor of a web chat: goes on in the conversation they have, else opens one as Flex's web chat does: of Programmable
 * Chat where a Flex Flow takes web chats, else of Flex Conversations.
 *
 * @throws Failure when the account has nothing that web chats come by
 */
export async function visitor(http: TwilioHttp, identity: string): Promise<Customer> {
  const place = (await goesOnIn(http, identity)) ?? (await open(http, identity));
  return { write: (body, mediaUrls) => comeIn(http, { ...place, from: identity, body, mediaUrls }) };
}

type Place = { readonly channelSid: string } | { readonly conversationSid: string };

async function goesOnIn(http: TwilioHttp, identity: string): Promise<Place | undefined> {
  const webChats = await webChannels(http);
  const channelSid = await activeChat(http, identity, webChats);
  if (channelSid !== undefined) return { channelSid };
  const conversationSid = await openConversationOf(http, identity, webChats);
  return conversationSid === undefined ? undefined : { conversationSid };
}

async function open(http: TwilioHttp, identity: string): Promise<Place> {
  const flexFlowSid = await webFlow(http);
  if (flexFlowSid !== undefined) return { channelSid: await openChat(http, flexFlowSid, identity) };
  const addressSid = await webAddress(http);
  if (addressSid !== undefined)
    return { conversationSid: await openConversation(http, addressSid, identity) };
  throw new Failure({
    what: "The account has no enabled Flex Flow of channel type web and no enabled Address of type chat, so nobody could open a web chat.",
    fix: "Make one of the two, or enable the one there is.",
  });
}

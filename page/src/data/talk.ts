import { flex } from "./account.ts";
import { own, Refusal, twilio } from "./api.ts";

/** Where people talk: a channel of Programmable Chat, or a conversation of Conversations. */
export interface Place {
  readonly kind: "chat" | "conversation";
  readonly sid: string;
}

/** Something that was said. */
export interface Said {
  readonly sid: string;
  readonly author: string;
  readonly body: string;
  readonly time: string;
  /** Addresses of pictures and other files. */
  readonly media: readonly string[];
}

interface StoredMessage {
  readonly sid: string;
  readonly from?: string;
  readonly author?: string | null;
  readonly body: string | null;
  readonly date_created: string;
  readonly attributes: string;
}

/** How much of a conversation is shown. */
const shown = 50;

/** The last things that were said, oldest first. */
export async function saidIn(place: Place): Promise<Said[]> {
  const { messages } = await twilio<{ messages: StoredMessage[] }>("GET", `${await pathOf(place)}/Messages`, {
    form: { Order: "desc", PageSize: String(shown) },
  });
  return messages
    .map(({ sid, from, author, body, date_created: time, attributes }) => ({
      ...{ sid, time, author: from ?? author ?? "", body: body ?? "" },
      media: mediaOf(attributes),
    }))
    .reverse();
}

/** Lets somebody outside say something. @returns the SID of the message */
export async function sayAsVisitor(
  { kind, sid }: Place,
  message: { readonly from: string; readonly body: string; readonly mediaUrls: readonly string[] },
): Promise<string> {
  const at = kind === "chat" ? { channelSid: sid } : { conversationSid: sid };
  return (await own<{ sid: string }>("POST", "/messages", { ...at, ...message })).sid;
}

/**
 * Says something as an agent, as far as the agent's role permits.
 *
 * @throws Refusal 50430 when the agent is not in the conversation, 50107 when the role lacks sendMessage
 */
export async function sayAsAgent(place: Place, identity: string, body: string): Promise<void> {
  const path = await pathOf(place);
  if (place.kind === "chat") {
    await twilio("POST", `${path}/Messages`, { form: { From: identity, Body: body }, as: identity });
    return;
  }
  // Twilio's client for browsers, by which agents write, is refused without the permission; the API asks for none.
  const { participants } = await twilio<{ participants: { identity: string | null; role_sid: string }[] }>(
    "GET",
    `${path}/Participants?PageSize=100`,
  );
  const own = participants.find((one) => one.identity === identity);
  if (own === undefined)
    throw new Refusal(403, 50430, `User ${identity} is no participant of conversation ${place.sid}`);
  const { friendly_name: name, permissions } = await twilio<{
    friendly_name: string;
    permissions: string[];
  }>("GET", `conversations.twilio.com/v1/Roles/${own.role_sid}`);
  if (!permissions.includes("sendMessage"))
    throw new Refusal(403, 50107, `User unauthorized for command: role ${name} lacks sendMessage`);
  await twilio("POST", `${path}/Messages`, { form: { Author: identity, Body: body } });
}

/** Opens a web chat, as a web site does: by the account's Flex Flow or Address for web chats. */
export async function openWebChat(identity: string): Promise<Place> {
  const names = {
    Identity: identity,
    CustomerFriendlyName: identity,
    ChatFriendlyName: `Chat with ${identity}`,
  };
  const { flex_flows: flows } = await twilio<{
    flex_flows: { sid: string; channel_type: string; enabled: boolean }[];
  }>("GET", "flex-api.twilio.com/v1/FlexFlows?PageSize=100");
  const flow = flows.find(({ channel_type, enabled }) => channel_type === "web" && enabled);
  if (flow !== undefined) {
    const form = { FlexFlowSid: flow.sid, ...names };
    const { sid } = await twilio<{ sid: string }>("POST", "flex-api.twilio.com/v1/WebChannels", { form });
    return { kind: "chat", sid };
  }
  const { address_configurations: addresses } = await twilio<{
    address_configurations: { sid: string; auto_creation: { enabled: boolean } }[];
  }>("GET", "conversations.twilio.com/v1/Configuration/Addresses?Type=chat&PageSize=50");
  const address = addresses.find(({ auto_creation }) => auto_creation.enabled);
  if (address === undefined) {
    throw new Error(
      "Nobody can open a web chat here: the account has no enabled Flex Flow of channel type web and no enabled Address of type chat.",
    );
  }
  const form = { AddressSid: address.sid, ...names };
  const { conversation_sid: sid } = await twilio<{ conversation_sid: string }>(
    "POST",
    "flex-api.twilio.com/v2/WebChats",
    { form },
  );
  return { kind: "conversation", sid };
}

async function pathOf({ kind, sid }: Place): Promise<string> {
  if (kind === "conversation") return `conversations.twilio.com/v1/Conversations/${sid}`;
  const { chat_service_instance_sid: serviceSid } = await flex();
  return `chat.twilio.com/v2/Services/${serviceSid ?? ""}/Channels/${sid}`;
}

/** Of a message's attributes, in which the local Twilio keeps them. */
function mediaOf(attributes: string): string[] {
  try {
    const { media } = JSON.parse(attributes) as { media?: unknown };
    if (!Array.isArray(media)) return [];
    return media.flatMap((one: unknown) => {
      if (typeof one === "string") return [one];
      const { url } = (one ?? {}) as { url?: unknown };
      return typeof url === "string" ? [url] : [];
    });
  } catch {
    return [];
  }
}

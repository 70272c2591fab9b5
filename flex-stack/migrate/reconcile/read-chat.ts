import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import type { MessageInstance } from "twilio/lib/rest/chat/v2/service/channel/message.js";
import { answerOf } from "../../account/answer.ts";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { allPages, each } from "./pages.ts";
import { take, type Found, type Reading, type Room, type Said } from "./reading.ts";

/** Most items that Chat gives at once, and most channels of a user. */
const pageSize = 100;
const userChannelPageSize = 50;
/** Customers who are looked at at once. */
const atOnce = 8;

/** Reads what customers said in the channels of Chat that they are in. */
export async function readChatOf(customers: Iterable<string>, reading: Reading, found: Found): Promise<void> {
  const service = serviceOf(reading);
  if (service === undefined) return;
  await each(customers, atOnce, async (customer) => {
    const user = service.users(encodeURIComponent(customer));
    const joined = await found.of(customer, () =>
      allPages(user.userChannels.page({ pageSize: userChannelPageSize })),
    );
    for (const { channelSid } of joined?.items ?? []) {
      if (found.rooms.has(channelSid)) continue;
      const channel = await found.of(customer, () => service.channels(channelSid).fetch());
      if (channel !== undefined) await readChannel(channel, customer, reading, found);
    }
    reading.onCustomer?.();
  });
}

/**
 * The same for many customers: by the list of all channels, whose pages are fewer than the customers, and which names the
 * customer of each that Flex made.
 */
export async function readChatOfMany(
  customers: ReadonlySet<string>,
  reading: Reading,
  found: Found,
): Promise<void> {
  const service = serviceOf(reading);
  const [one = ""] = customers;
  if (service === undefined) return;
  const listed = await found.of(one, () => allPages(service.channels.page({ type: ["private"], pageSize })));
  await each(listed?.items ?? [], atOnce, async (channel) => {
    const customer = textOf(parseAttributes(channel.attributes), "from");
    if (customer !== undefined && customers.has(customer))
      await readChannel(channel, customer, reading, found);
  });
}

function serviceOf({ account, place }: Reading) {
  return place.chatServiceSid === undefined
    ? undefined
    : account.client.chat.v2.services(place.chatServiceSid);
}

async function readChannel(
  channel: ChannelInstance,
  customer: string,
  reading: Reading,
  found: Found,
): Promise<void> {
  const attributes = parseAttributes(channel.attributes);
  const number = textOf(attributes, "twilioNumber", "serviceNumber");
  if (number !== undefined && !reading.lines.includes(number)) return;
  if (channel.dateCreated > reading.to) return;
  const isOpen = attributes["status"] !== "INACTIVE";
  // The end is a change of the channel: nothing was said after it.
  if (!isOpen && channel.dateUpdated < reading.from) return;
  const { messages } = serviceOf(reading)?.channels(channel.sid) ?? {};
  const read = await found.of(
    customer,
    async () =>
      messages && allPages(messages.page({ order: "desc", pageSize }), (some) => isAfter(some, reading)),
  );
  if (read === undefined) return;
  const room: Room = {
    world: "chat",
    sid: channel.sid,
    serviceSid: channel.serviceSid,
    customer,
    created: channel.dateCreated,
    isOpen,
    sessionSid: textOf(attributes, "proxySession"),
  };
  take(found, room, read.items.map(said), read.isWhole);
}

function isAfter(some: readonly MessageInstance[], { from }: Reading): boolean {
  const last = some.at(-1);
  return last !== undefined && last.dateCreated >= from;
}

function said({ index, from, body, type, media, attributes, dateCreated }: MessageInstance): Said {
  return {
    index,
    author: from,
    body: body ?? "",
    hasMedia: type === "media" || hasMedia(media, attributes),
    at: dateCreated,
  };
}

/** Files are media of the message; a handler of the account's own may have noted them. */
export function hasMedia(media: unknown, attributes: string): boolean {
  const noted = parseAttributes(attributes)["media"];
  return (
    (Array.isArray(media) ? media.length > 0 : media != null) ||
    (Array.isArray(noted) ? noted.length > 0 : noted !== undefined)
  );
}

/**
 * Reads which texts Proxy knows that it put into the channels of customers, as long as the sessions are there.
 *
 * @returns The channel of each text, by the text's SID.
 */
export async function readInteractions(
  customers: ReadonlySet<string>,
  { account, place, from }: Reading,
  found: Found,
): Promise<ReadonlyMap<string, Room>> {
  const known = new Map<string, Room>();
  const { proxyServiceSid } = place;
  if (proxyServiceSid === undefined) return known;
  const { sessions } = account.client.proxy.v1.services(proxyServiceSid);
  const rooms = [...found.rooms.values()].filter(({ customer }) => customers.has(customer));
  await each(rooms, atOnce, async (room) => {
    const { sessionSid } = room;
    if (sessionSid === undefined) return;
    const read = await answerOf(() =>
      allPages(sessions(sessionSid).interactions.page({ pageSize }), (some) => {
        const last = some.at(-1);
        return last !== undefined && last.dateCreated >= from;
      }),
    );
    // Ended sessions are gone. What is refused says no less than they do: the channels themselves were read.
    for (const { inboundResourceSid } of read.kind === "found" ? read.value.items : [])
      if (inboundResourceSid) known.set(inboundResourceSid, room);
  });
  return known;
}

import type { Fault } from "./fault.ts";

const channel = (cause: string) => ({ step: "channel" as const, cause, exit: 13 });

export const channelFaults: readonly Fault[] = [
  {
    name: "the chat channel was deleted",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      await centre.channel(channelSid).remove();
      return message;
    },
    expect: channel("channel-missing"),
  },
  {
    name: "the channel's attributes lost the session",
    break: async (centre) => {
      const { channelSid } = await centre.talks();
      await centre.setAttributes(channelSid, { proxySession: undefined });
      return { channel: channelSid };
    },
    expect: channel("channel-unlinked"),
  },
  {
    name: "the channel was made inactive while the agent talks",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      await centre.setAttributes(channelSid, { status: "INACTIVE" });
      return message;
    },
    expect: channel("channel-inactive"),
  },
  {
    name: "the message was removed from the channel",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      const said = await centre.channel(channelSid).messages.list();
      const own = said.find(({ body }) => body === "Invoice");
      await centre
        .channel(channelSid)
        .messages(own?.sid ?? "")
        .remove();
      return message;
    },
    expect: channel("chat-message-missing"),
  },
  {
    name: "the chat service was deleted",
    break: async (centre) => {
      const message = await centre.asks();
      await centre.chat.remove();
      return message;
    },
    expect: channel("chat-service-missing"),
  },
  {
    name: "the Flex Flow opens chats in another service",
    break: async (centre) => {
      const other = await centre.client.chat.v2.services.create({ friendlyName: "Other" });
      await (await centre.flexFlow()).update({ chatServiceSid: other.sid });
      return centre.asks();
    },
    expect: channel("flex-flow-other-chat"),
  },
  {
    name: "the channel's attributes name a session that never was",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      await centre.setAttributes(channelSid, { proxySession: `KC${"0".repeat(32)}` });
      return message;
    },
    expect: channel("channel-unlinked"),
  },
  {
    name: "the chat channel was deleted, and the customer writes again",
    break: async (centre) => {
      const { channelSid } = await centre.talks();
      await centre.channel(channelSid).remove();
      await centre.advance(90);
      return centre.writes("Are you there?");
    },
    expect: channel("channel-missing"),
  },
  {
    name: "the chat channel was deleted, and its session closed",
    break: async (centre) => {
      const { message, channelSid, sessionSid } = await centre.talks();
      await centre.channel(channelSid).remove();
      await centre.proxy.sessions(sessionSid).update({ status: "closed" });
      return message;
    },
    expect: channel("channel-missing"),
  },
  {
    name: "the second of two like messages was removed from the channel",
    break: async (centre) => {
      const { channelSid } = await centre.talks();
      await centre.writes("Yes");
      const message = await centre.writes("Yes");
      const [last] = await centre.channel(channelSid).messages.list({ order: "desc", limit: 1 });
      await centre
        .channel(channelSid)
        .messages(last?.sid ?? "")
        .remove();
      return message;
    },
    expect: channel("chat-message-missing"),
  },
];

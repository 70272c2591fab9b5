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
];

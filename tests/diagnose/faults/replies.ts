import type { Fault } from "./fault.ts";

const replies = (cause: string) => ({ step: "replies" as const, cause, exit: 17 });

export const repliesFaults: readonly Fault[] = [
  {
    name: "a program writes as the agent without telling Proxy",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      await centre.channel(channelSid).messages.create({ from: "alice", body: "How can I help?" });
      return message;
    },
    expect: replies("reply-not-forwarded"),
  },
  {
    name: "an intercept callback stops the agent's message",
    break: async (centre, receiver) => {
      const { message, agent, channelSid } = await centre.talks();
      receiver.answer = () => ({ status: 403 });
      await centre.proxy.update({ interceptCallbackUrl: `${receiver.url}/intercept` });
      await agent.write(channelSid, "How can I help?");
      await centre.journey(message);
      return message;
    },
    expect: replies("reply-not-forwarded"),
  },
  {
    name: "the session was closed when the agent wrote, and opened again",
    break: async (centre) => {
      const { message, agent, channelSid, sessionSid } = await centre.talks();
      await centre.proxy.sessions(sessionSid).update({ status: "closed" });
      await agent.write(channelSid, "How can I help?");
      await centre.proxy.sessions(sessionSid).update({ status: "in-progress" });
      return message;
    },
    expect: replies("reply-not-forwarded"),
  },
  {
    name: "the number was released while the agent talks",
    break: async (centre) => {
      const { message, agent, channelSid } = await centre.talks();
      await centre.ownNumber.remove();
      await agent.write(channelSid, "How can I help?");
      return message;
    },
    expect: replies("reply-number-missing"),
  },
  {
    name: "the customer wants no more messages",
    break: async (centre) => {
      const { agent, channelSid } = await centre.talks();
      const message = await centre.writes("STOP");
      await agent.write(channelSid, "How can I help?");
      await centre.advance(5);
      return message;
    },
    expect: replies("reply-undelivered"),
  },
  {
    name: "of two like messages of the agent a program wrote one, without telling Proxy",
    break: async (centre) => {
      const { message, agent, channelSid } = await centre.talks();
      await agent.write(channelSid, "Yes");
      await centre.channel(channelSid).messages.create({ from: "alice", body: "Yes" });
      await centre.advance(5);
      return message;
    },
    expect: replies("reply-not-forwarded"),
  },
  {
    name: "a program wrote without telling Proxy in a conversation that is over",
    break: async (centre) => {
      const { message, agent, channelSid, reservation } = await centre.talks();
      await centre.channel(channelSid).messages.create({ from: "alice", body: "How can I help?" });
      await agent.complete(reservation);
      return message;
    },
    expect: replies("reply-not-forwarded"),
  },
];

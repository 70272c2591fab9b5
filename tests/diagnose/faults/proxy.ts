import { leavePool } from "../../support/leavePool.ts";
import { customer } from "../centre.ts";
import type { Fault } from "./fault.ts";

const proxy = (cause: string) => ({ step: "proxy" as const, cause, exit: 12 });

export const proxyFaults: readonly Fault[] = [
  {
    name: "the number is not in the pool",
    break: async (centre) => {
      const { smsUrl } = await centre.ownNumber.fetch();
      await leavePool(centre.proxy, centre.sids.number);
      await centre.ownNumber.update({ smsUrl });
      return centre.writes("Hello");
    },
    expect: proxy("number-not-in-pool"),
  },
  {
    name: "the Flex Flow is disabled",
    break: async (centre) => {
      await (await centre.flexFlow()).update({ enabled: false });
      return centre.writes("Hello");
    },
    expect: proxy("flex-flow-disabled"),
  },
  {
    name: "the Flex Flow is gone",
    break: async (centre) => {
      await (await centre.flexFlow()).remove();
      return centre.writes("Hello");
    },
    expect: proxy("flex-flow-missing"),
  },
  {
    name: "the Flex Flow is for another kind of channel",
    break: async (centre) => {
      await (await centre.flexFlow()).update({ channelType: "whatsapp" });
      return centre.writes("Hello");
    },
    expect: proxy("flex-flow-other-channel"),
  },
  {
    name: "the Flex Flow was disabled after an earlier conversation",
    break: async (centre) => {
      const { agent, reservation } = await centre.talks();
      await agent.complete(reservation);
      await (await centre.flexFlow()).update({ enabled: false });
      await centre.advance(600);
      return centre.writes("One more thing");
    },
    expect: proxy("flex-flow-disabled"),
  },
  {
    name: "the session was closed by a program",
    break: async (centre) => {
      const { message, sessionSid } = await centre.talks();
      await centre.proxy.sessions(sessionSid).update({ status: "closed" });
      return message;
    },
    expect: proxy("session-closed"),
  },
  {
    name: "the session expired",
    break: async (centre) => {
      const { message, sessionSid } = await centre.talks();
      await centre.proxy.sessions(sessionSid).update({ ttl: 60 });
      await centre.advance(120);
      return message;
    },
    expect: proxy("session-closed"),
  },
  {
    name: "the session was given a date of expiry, which is past",
    break: async (centre) => {
      const { message, sessionSid } = await centre.talks();
      const { sid } = await centre.proxy.sessions(sessionSid).update({
        ttl: 0,
        dateExpiry: new Date(Date.now() + 60_000),
      });
      await centre.advance(120);
      await centre.proxy.sessions(sid).fetch();
      return message;
    },
    expect: proxy("session-closed"),
  },
  {
    name: "the session was deleted in the middle of the conversation",
    break: async (centre) => {
      const { message, sessionSid } = await centre.talks();
      await centre.proxy.sessions(sessionSid).remove();
      return message;
    },
    expect: proxy("session-missing"),
  },
  {
    name: "the session outlived its task",
    break: async (centre) => {
      const { reservation } = await centre.talks();
      await centre.router
        .tasks(reservation.taskSid)
        .update({ assignmentStatus: "completed", reason: "script" });
      await centre.advance(120);
      return centre.writes("Are you there?");
    },
    expect: proxy("session-stale"),
  },
  {
    name: "the session outlived a task that is deleted by now",
    break: async (centre) => {
      const { reservation } = await centre.talks();
      await centre.router
        .tasks(reservation.taskSid)
        .update({ assignmentStatus: "completed", reason: "script" });
      await centre.advance(20 * 60);
      return centre.writes("Are you there?");
    },
    expect: proxy("session-stale"),
  },
  {
    name: "the customer was taken out of the session",
    break: async (centre) => {
      const { message, sessionSid } = await centre.talks();
      const participants = await centre.proxy.sessions(sessionSid).participants.list();
      const own = participants.find(({ identifier }) => identifier === customer);
      await centre.proxy
        .sessions(sessionSid)
        .participants(own?.sid ?? "")
        .remove();
      return message;
    },
    expect: proxy("participant-missing"),
  },
  {
    name: "an intercept callback stops the message",
    break: async (centre, receiver) => {
      await centre.talks();
      receiver.answer = () => ({ status: 403 });
      await centre.proxy.update({ interceptCallbackUrl: `${receiver.url}/intercept` });
      await centre.advance(120);
      const message = await centre.writes("Are you there?");
      await centre.journey(message);
      return message;
    },
    expect: proxy("interaction-missing"),
  },
  {
    name: "the Proxy service was deleted",
    break: async (centre) => {
      const message = await centre.asks();
      await centre.proxy.remove();
      return message;
    },
    expect: proxy("proxy-service-missing"),
  },
  {
    name: "the session was deleted, and the customer has soon begun anew",
    break: async (centre) => {
      const { message, sessionSid } = await centre.talks();
      await centre.proxy.sessions(sessionSid).remove();
      await centre.advance(45);
      await centre.writes("Are you there?");
      return message;
    },
    expect: proxy("session-missing"),
  },
  {
    name: "the handler is repaired since, and the customer has soon written the same again",
    break: async (centre) => {
      const { smsUrl } = await centre.ownNumber.fetch();
      await centre.ownNumber.update({ smsUrl: "" });
      const message = await centre.writes("Hello");
      await centre.ownNumber.update({ smsUrl });
      await centre.advance(30);
      await centre.writes("Hello");
      return message;
    },
    expect: proxy("session-missing"),
  },
  {
    name: "the Flex Flow of a conversation that lives longer than its task is disabled",
    break: async (centre) => {
      const flow = await centre.flexFlow();
      await flow.update({ longLived: true });
      const { agent, reservation } = await centre.talks();
      await agent.complete(reservation);
      await flow.update({ enabled: false });
      await centre.advance(60);
      return centre.writes("One more thing");
    },
    expect: proxy("flex-flow-disabled"),
  },
];

import { conversationsOf, talking, web } from "../../talk.ts";
import type { Fault } from "../fault.ts";

const replies = (cause: string) => ({ step: "replies" as const, cause, exit: 17 });
const completion = (cause: string) => ({ step: "completion" as const, cause, exit: 18 });

export const conversationEndFaults: readonly Fault[] = [
  {
    name: "the customer of a conversation wants no more messages",
    break: async (centre) => {
      const { agent, reservation } = await talking(web(centre));
      const message = await web(centre).writes("STOP");
      await agent.answer(reservation, "How can I help?");
      await centre.advance(5);
      return message;
    },
    expect: replies("reply-undelivered"),
  },
  {
    name: "the customer's number gets no texts, and the text that failed is named",
    break: async (centre) => {
      const own = web(centre);
      own.customer = "+15005550009";
      const { agent, reservation } = await talking(own);
      await agent.answer(reservation, "How can I help?");
      await centre.advance(5);
      const [failed] = (await centre.client.messages.list({ to: own.customer })).filter(
        ({ body }) => body === "How can I help?",
      );
      return failed?.sid ?? "";
    },
    expect: replies("reply-undelivered"),
  },
  {
    name: "the number of a conversation was released while the agent talks",
    break: async (centre) => {
      const { message, agent, reservation } = await talking(web(centre));
      await web(centre).ownNumber.remove();
      await agent.answer(reservation, "How can I help?");
      await centre.advance(5);
      return message;
    },
    expect: replies("reply-number-missing"),
  },
  {
    name: "a program took the customer out of the conversation",
    served: true,
    break: async (centre) => {
      const { message, agent, reservation, conversationSid } = await talking(web(centre));
      const { participants } = conversationsOf(centre)(conversationSid);
      const customer = (await participants.list()).find(({ identity }) => !identity);
      await participants(customer?.sid ?? "").remove();
      await agent.answer(reservation, "How can I help?");
      return message;
    },
    expect: replies("reply-nobody-there"),
  },
  {
    name: "the agent wrote while a program had taken the customer out",
    break: async (centre) => {
      const own = web(centre);
      const { message, agent, reservation, conversationSid } = await talking(own);
      const { participants } = conversationsOf(centre)(conversationSid);
      const customer = (await participants.list()).find(({ identity }) => !identity);
      await participants(customer?.sid ?? "").remove();
      await agent.answer(reservation, "How can I help?");
      await participants.create({
        "messagingBinding.address": own.customer,
        "messagingBinding.proxyAddress": own.number,
      });
      return message;
    },
    expect: replies("reply-unsent"),
  },
  {
    name: "a program completed the task of a conversation, which leaves that open",
    served: true,
    break: async (centre) => {
      const { message, taskSid } = await talking(web(centre));
      await centre.router.tasks(taskSid).update({ assignmentStatus: "completed", reason: "script" });
      return message;
    },
    expect: completion("conversation-orphaned"),
  },
  {
    name: "a program completed the reservation of a conversation, and the task is gone since",
    break: async (centre) => {
      const { taskSid, reservation } = await talking(web(centre));
      await centre.router
        .tasks(taskSid)
        .reservations(reservation.sid)
        .update({ reservationStatus: "completed" });
      await centre.advance(700);
      return { task: taskSid };
    },
    expect: completion("conversation-orphaned"),
  },
  {
    name: "the conversation was closed by a program, and the task completed: the agent stays in it",
    served: true,
    break: async (centre) => {
      const { message, taskSid, conversationSid } = await talking(web(centre));
      await conversationsOf(centre)(conversationSid).update({ state: "closed" });
      await centre.router.tasks(taskSid).update({ assignmentStatus: "completed", reason: "script" });
      return message;
    },
    expect: completion("agent-left-in-conversation"),
  },
];

import { interactionChannel, asked, conversationsOf, talking, taskOf, web } from "../../talk.ts";
import { changeWorkflow } from "../change.ts";
import type { Fault } from "../fault.ts";
import { moves, movesBack } from "../../move.ts";
import { opensElsewhere } from "./address.ts";

const conversation = (cause: string) => ({ step: "conversation" as const, cause, exit: 13 });

export const conversationFaults: readonly Fault[] = [
  {
    name: "the customer's chat of before the number's move is open, and its agent does not hear them",
    break: async (centre) => {
      await centre.talks();
      await moves(centre);
      await centre.advance(60);
      return centre.writes("Are you there?");
    },
    expect: conversation("split-from-chat"),
  },
  {
    name: "the number was moved back while a conversation holds the pair, and the text is in a chat, too",
    break: async (centre) => {
      await centre.talks();
      const { smsUrl } = await centre.ownNumber.fetch();
      await moves(centre);
      await centre.advance(60);
      await centre.writes("Are you there?");
      await movesBack(centre, smsUrl);
      await centre.advance(60);
      return centre.writes("Anybody?");
    },
    expect: conversation("doubled-in-chat"),
  },
  {
    name: "a program canceled the task, and the conversation takes what comes next",
    served: true,
    break: async (centre) => {
      await asked(web(centre));
      const task = centre.router.tasks(await taskOf(centre));
      await task.update({ assignmentStatus: "canceled", reason: "script" });
      await centre.advance(60);
      return web(centre).writes("Hello?");
    },
    expect: conversation("conversation-orphaned"),
  },
  {
    name: "the task ran into the workflow's timeout, and the conversation takes what comes next",
    served: true,
    break: async (centre) => {
      // Nobody gets it, and nobody else does after that.
      await centre.dismissAll();
      await changeWorkflow(centre, ({ filters }) => ({
        filters: filters.map((filter) => ({ ...filter, targets: filter.targets.slice(0, 1) })),
      }));
      await asked(web(centre));
      await centre.advance(900);
      return web(centre).writes("Hello?");
    },
    expect: conversation("conversation-orphaned"),
  },
  {
    name: "a program deleted the task, and the conversation takes what comes next",
    served: true,
    break: async (centre) => {
      await asked(web(centre));
      await centre.router.tasks(await taskOf(centre)).remove();
      await centre.advance(60);
      return web(centre).writes("Hello?");
    },
    expect: conversation("conversation-orphaned"),
  },
  {
    name: "a program completed the agent's task, and the conversation takes what comes next",
    served: true,
    break: async (centre) => {
      const { taskSid } = await talking(web(centre));
      await centre.router.tasks(taskSid).update({ assignmentStatus: "completed", reason: "script" });
      await centre.advance(60);
      return web(centre).writes("One more thing");
    },
    expect: conversation("conversation-orphaned"),
  },
  {
    name: "the agent left, and nobody is invited when the customer writes again",
    served: true,
    break: async (centre) => {
      const talk = await talking(web(centre));
      await interactionChannel(centre, talk).update({ status: "inactive", routing: { status: "closed" } });
      await centre.advance(60);
      return web(centre).writes("Still there?");
    },
    expect: conversation("conversation-parked"),
  },
  {
    name: "a program closed the conversation while the agent talks",
    served: true,
    break: async (centre) => {
      const { message, conversationSid } = await talking(web(centre));
      await conversationsOf(centre)(conversationSid).update({ state: "closed" });
      return message;
    },
    expect: conversation("conversation-closed"),
  },
  {
    name: "the closed timer is shorter than the customer thinks",
    served: true,
    break: async (centre) => {
      const { configuration } = centre.client.conversations.v1;
      await configuration().update({ defaultClosedTimer: "PT10M" });
      const { message } = await talking(web(centre));
      await centre.advance(660);
      return message;
    },
    expect: conversation("conversation-closed"),
  },
  {
    name: "the conversation is in another service since before the Address was put right",
    break: async (centre) => {
      const sid = await opensElsewhere(web(centre));
      await web(centre).writes("Hello");
      const { addressConfigurations, services } = centre.client.conversations.v1;
      await addressConfigurations(web(centre).number).update({
        "autoCreation.conversationServiceSid": centre.sids.chat,
      });
      await centre.client.conversations.v1.configuration().update({ defaultChatServiceSid: sid });
      const [opened] = await services(sid).conversations.list();
      return { channel: opened?.sid ?? "" };
    },
    expect: conversation("conversation-other-service"),
  },
  {
    name: "the conversation of a task was deleted",
    break: async (centre) => {
      const { taskSid, conversationSid } = await talking(web(centre));
      await conversationsOf(centre)(conversationSid).remove();
      return { task: taskSid };
    },
    expect: conversation("conversation-missing"),
  },
];

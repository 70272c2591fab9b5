import { talking, asked, taskOf, web } from "../../talk.ts";
import { changeWorkflow, setActivity, workflowOf } from "../change.ts";
import type { Fault } from "../fault.ts";
import { interact, tellUrl } from "./interaction.ts";

const task = (cause: string) => ({ step: "task" as const, cause, exit: 15 });

export const conversationTaskFaults: readonly Fault[] = [
  {
    name: "a program canceled the task of a conversation",
    served: true,
    break: async (centre) => {
      const message = await asked(web(centre));
      const found = centre.router.tasks(await taskOf(centre));
      await found.update({ assignmentStatus: "canceled", reason: "script" });
      return message;
    },
    expect: task("task-canceled"),
  },
  {
    name: "TaskRouter canceled the task of a conversation long ago",
    break: async (centre) => {
      await centre.dismissAll();
      await changeWorkflow(centre, ({ filters }) => ({
        filters: filters.map((filter) => ({ ...filter, targets: filter.targets.slice(0, 1) })),
      }));
      const message = await asked(web(centre));
      await centre.advance(1200);
      return message;
    },
    expect: task("task-canceled"),
  },
  {
    name: "a program deleted the task of a conversation",
    break: async (centre) => {
      const message = await asked(web(centre));
      await centre.router.tasks(await taskOf(centre)).remove();
      return message;
    },
    expect: task("task-deleted"),
  },
  {
    name: "nobody is available for the task of a conversation",
    break: async (centre) => {
      await setActivity(centre, "alice", "Break");
      await setActivity(centre, "bob", "Break");
      return asked(web(centre));
    },
    expect: task("nobody-available"),
  },
  {
    name: "the customer writes while the agent, who has no room for two, wraps up",
    served: true,
    break: async (centre) => {
      await setActivity(centre, "bob", "Break");
      const { agent, reservation } = await talking(web(centre));
      await agent.wrapUp(reservation);
      return asked(web(centre));
    },
    expect: task("closed-while-wrapping"),
  },
  {
    name: "another customer's task takes the agent's room",
    break: async (centre) => {
      await setActivity(centre, "bob", "Break");
      await talking(web(centre));
      const other = web(centre);
      other.customer = "+14155550171";
      return asked(other);
    },
    expect: task("no-capacity"),
  },
  {
    name: "a program replaced the attributes of a conversation's task",
    served: true,
    break: async (centre) => {
      const message = await asked(web(centre));
      const found = centre.router.tasks(await taskOf(centre));
      await found.update({ attributes: '{"skill":"billing"}' });
      return message;
    },
    expect: task("task-unlinked"),
  },
  {
    name: "a handler of one's own makes nothing of a conversation",
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 204 });
      await tellUrl(web(centre), `${receiver.url}/conversations`);
      const message = await web(centre).writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: task("handler-made-no-task"),
  },
  {
    name: "the workflow of a conversation's flow was deleted",
    break: async (centre) => {
      const workflow = await workflowOf(centre);
      await centre.router.workflows(workflow).remove();
      return asked(web(centre));
    },
    expect: task("workflow-missing"),
  },
  {
    name: "the agent whom a conversation is for declines",
    break: async (centre) => {
      const [alice] = await centre.router.workers.list({ friendlyName: "alice" });
      const { sid } = await centre.client.conversations.v1
        .services(centre.sids.chat)
        .conversations.create({});
      const { participants } = centre.client.conversations.v1.services(centre.sids.chat).conversations(sid);
      await participants.create({ identity: "visitor" });
      const about = { type: "web", initiated_by: "customer", properties: { media_channel_sid: sid } };
      const taskSid = await interact(centre, about, { workflow_sid: undefined, worker_sid: alice?.sid });
      const { reservations } = centre.router.tasks(taskSid);
      const [offer] = await reservations.list();
      await reservations(offer?.sid ?? "").update({ reservationStatus: "rejected" });
      return { channel: sid };
    },
    expect: task("task-canceled"),
  },
];

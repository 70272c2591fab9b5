import { number } from "../centre.ts";
import { workflowOf, changeWorkflow, workerSid, fire, setActivity } from "./change.ts";
import type { Fault } from "./fault.ts";

const task = (cause: string) => ({ step: "task" as const, cause, exit: 15 });

export const taskFaults: readonly Fault[] = [
  {
    name: "the flow's workflow was deleted",
    break: async (centre) => {
      await centre.router.workflows(await workflowOf(centre)).remove();
      return centre.asks();
    },
    expect: task("workflow-missing"),
  },
  {
    name: "no filter matches and there is no default",
    break: async (centre) => {
      await changeWorkflow(centre, (routing) => ({ ...routing, default_filter: undefined, filters: [] }));
      return centre.asks();
    },
    expect: task("no-filter-matches"),
  },
  {
    name: "the Flex Flow makes tasks in a workflow that was deleted",
    break: async (centre) => {
      const workflow = await centre.router.workflows.create({
        friendlyName: "Short-lived",
        configuration: '{"task_routing":{}}',
      });
      await (
        await centre.flexFlow()
      ).update({
        integrationType: "task",
        "integration.workspaceSid": centre.sids.workspace,
        "integration.workflowSid": workflow.sid,
        "integration.channel": "sms",
      });
      await centre.router.workflows(workflow.sid).remove();
      return centre.writes("Hello");
    },
    expect: task("workflow-missing"),
  },
  {
    name: "the Flex Flow hands the conversation to a handler that makes no task",
    break: async (centre, { url }) => {
      const flow = await centre.flexFlow();
      await flow.update({ integrationType: "external", "integration.url": `${url}/conversations` });
      const message = await centre.writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: task("handler-made-no-task"),
  },
  {
    name: "the flow's task channel was deleted",
    break: async (centre) => {
      const channels = await centre.router.taskChannels.list();
      const sms = channels.find(({ uniqueName }) => uniqueName === "sms");
      await centre.router.taskChannels(sms?.sid ?? "").remove();
      return centre.asks();
    },
    expect: task("task-channel-missing"),
  },
  {
    name: "nobody is in the queue",
    break: async (centre) => {
      await fire(centre, "alice");
      return centre.asks();
    },
    expect: task("queue-empty"),
  },
  {
    name: "the workspace has no workers",
    break: async (centre) => {
      await centre.dismissAll();
      return centre.asks();
    },
    expect: task("no-workers"),
  },
  {
    name: "nobody in the queue is available",
    break: async (centre) => {
      await setActivity(centre, "alice", "Break");
      return centre.asks();
    },
    expect: task("nobody-available"),
  },
  {
    name: "the only agent of the queue is busy",
    break: async (centre) => {
      await centre.text("+14155550171", number, "Hello");
      await centre.text("+14155550171", number, "Invoice");
      return centre.asks();
    },
    expect: task("no-capacity"),
  },
  {
    name: "the only agent has the task channel switched off",
    break: async (centre) => {
      const channels = centre.router.workers(await workerSid(centre, "alice")).workerChannels;
      const sms = (await channels.list()).find(
        ({ taskChannelUniqueName }) => taskChannelUniqueName === "sms",
      );
      await centre.router
        .workers(await workerSid(centre, "alice"))
        .workerChannels(sms?.sid ?? "")
        .update({ available: false });
      return centre.asks();
    },
    expect: task("no-capacity"),
  },
  {
    name: "no worker fits the expression of the target",
    break: async (centre) => {
      await changeWorkflow(centre, (routing) => ({
        ...routing,
        filters: routing.filters.map((filter) => ({
          ...filter,
          targets: filter.targets.map((target) => ({ ...target, expression: "worker.level > 8" })),
        })),
      }));
      return centre.asks();
    },
    expect: task("nobody-fits"),
  },
  {
    name: "the workflow leads to a queue that is not there",
    break: async (centre) => {
      const queue = await centre.router.taskQueues.create({ friendlyName: "Short-lived" });
      await changeWorkflow(centre, () => ({ filters: [], default_filter: { queue: queue.sid } }));
      await centre.router.taskQueues(queue.sid).remove();
      return centre.asks();
    },
    expect: task("queue-missing"),
  },
  {
    name: "the task was canceled",
    break: async (centre) => {
      const message = await centre.asks();
      const [created] = await centre.router.tasks.list();
      await centre.router
        .tasks(created?.sid ?? "")
        .update({ assignmentStatus: "canceled", reason: "closing time" });
      return message;
    },
    expect: task("task-canceled"),
  },
  {
    name: "the task ran out of time in its workflow, and is deleted by now",
    break: async (centre) => {
      await setActivity(centre, "alice", "Break");
      await changeWorkflow(centre, (routing) => ({
        filters: routing.filters
          .filter(({ expression }) => expression.includes("billing"))
          .map((filter) => ({ ...filter, targets: filter.targets.slice(0, 1) })),
      }));
      const message = await centre.asks();
      await centre.advance(1800);
      return message;
    },
    expect: task("task-canceled"),
  },
  {
    name: "the task was deleted while the agent talks",
    break: async (centre) => {
      const { reservation } = await centre.talks();
      await centre.advance(60);
      const message = await centre.writes("Are you there?");
      await centre.advance(60);
      await centre.router.tasks(reservation.taskSid).remove();
      return message;
    },
    expect: task("task-deleted"),
  },
  {
    name: "the task's attributes lost the chat channel",
    break: async (centre) => {
      const { message, reservation } = await centre.talks();
      await centre.router.tasks(reservation.taskSid).update({ attributes: '{"name":"Ann"}' });
      return message;
    },
    expect: task("task-unlinked"),
  },
  {
    name: "the workspace was deleted",
    break: async (centre) => {
      await centre.router.remove();
      return centre.asks();
    },
    expect: task("workspace-missing"),
  },
  {
    name: "a handler of one's own opens a conversation and makes no task",
    break: async (centre) => ({ channel: await centre.opensOwn() }),
    expect: task("handler-made-no-task"),
  },
  {
    name: "the only agent of the queue has no capacity on the task channel",
    break: async (centre) => {
      const worker = centre.router.workers(await workerSid(centre, "alice"));
      const sms = (await worker.workerChannels.list()).find(
        ({ taskChannelUniqueName }) => taskChannelUniqueName === "sms",
      );
      await worker.workerChannels(sms?.sid ?? "").update({ capacity: 0 });
      return centre.asks();
    },
    expect: task("no-capacity"),
  },
  {
    name: "the agent has kept the task for longer than a day",
    break: async (centre) => {
      const { message } = await centre.talks();
      await centre.advance(25 * 3600);
      return message;
    },
    expect: task("task-expired"),
  },
];

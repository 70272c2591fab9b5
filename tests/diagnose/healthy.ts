import { noOrchestrations } from "../../flex-stack/simulate/flex-ui.ts";
import { visitor } from "../../flex-stack/simulate/visitor.ts";
import type { SubjectOptions } from "../../cli/diagnose/read-subject.ts";
import { type BrokenCentre, customer, number } from "./centre.ts";
import { journeysOfConversations } from "./conversation-healthy.ts";
import { workflowOf } from "./faults/change.ts";

/** A journey in which nothing is broken. Adding one is one entry. */
export interface Healthy {
  readonly name: string;
  /** @returns what to diagnose: a message's SID, or another end */
  travel(centre: BrokenCentre): Promise<string | SubjectOptions>;
  /** What is found at each step, in one letter. */
  readonly marks: string;
}

const journeysOfChat: readonly Healthy[] = [
  { name: "the flow asks the customer", travel: (centre) => centre.writes("Hello"), marks: "✓✓✓…––––" },
  { name: "the task is offered", travel: (centre) => centre.asks(), marks: "✓✓✓✓✓…––" },
  {
    name: "the agent has accepted",
    travel: async (centre) => (await centre.talks()).message,
    marks: "✓✓✓✓✓✓––",
  },
  {
    name: "the agent has answered",
    travel: async (centre) => {
      const { message, agent, channelSid } = await centre.talks();
      await agent.write(channelSid, "How can I help?");
      await centre.advance(5);
      return message;
    },
    marks: "✓✓✓✓✓✓✓–",
  },
  {
    name: "a program took the task's SID out of the channel's attributes",
    travel: async (centre) => {
      const { message, channelSid } = await centre.talks();
      await centre.setAttributes(channelSid, { taskSid: undefined });
      return message;
    },
    marks: "✓✓✓✓✓✓––",
  },
  {
    name: "the customer writes again",
    travel: async (centre) => {
      const { agent, channelSid } = await centre.talks();
      await agent.write(channelSid, "How can I help?");
      await centre.advance(300);
      return centre.writes("My invoice is wrong");
    },
    marks: "✓✓✓✓✓✓✓–",
  },
  {
    name: "the agent wraps up",
    travel: async (centre) => {
      const { message, agent, reservation } = await centre.talks();
      await agent.wrapUp(reservation);
      return message;
    },
    marks: "✓✓✓✓✓✓–…",
  },
  {
    name: "the task is completed",
    travel: async (centre) => (await completed(centre)).message,
    marks: "✓✓✓✓✓✓✓✓",
  },
  {
    name: "the task is completed and deleted",
    travel: async (centre) => {
      const { message } = await completed(centre);
      await centre.advance(660);
      return message;
    },
    marks: "✓✓✓✓✓✓✓✓",
  },
  {
    name: "a deleted task is looked for by its SID",
    travel: async (centre) => {
      const { taskSid } = await completed(centre);
      await centre.advance(660);
      return { task: taskSid };
    },
    marks: "✓✓✓✓✓✓✓✓",
  },
  {
    name: "an ended conversation is looked for by its channel, when the message is past its retention",
    travel: async (centre) => {
      const { message, channelSid } = await completed(centre);
      await centre.client.messages(message).remove();
      return { channel: channelSid };
    },
    marks: "–✓✓✓✓✓✓✓",
  },
  {
    name: "the customer writes again after the end",
    travel: async (centre) => {
      await completed(centre);
      await centre.advance(120);
      return centre.writes("One more thing");
    },
    marks: "✓✓✓…––––",
  },
  {
    name: "of a conversation of a year ago only channel and execution are left",
    travel: async (centre) => {
      const { channelSid } = await completed(centre);
      await centre.advance(400 * 86_400);
      return { channel: channelSid };
    },
    marks: "✓✓✓✓✓––✓",
  },
  {
    name: "the Flex Flow makes the task itself",
    travel: async (centre) => {
      const [workflow] = await centre.router.workflows.list({ friendlyName: "Overflow" });
      await (
        await centre.flexFlow()
      ).update({
        integrationType: "task",
        "integration.workspaceSid": centre.sids.workspace,
        "integration.workflowSid": workflow?.sid ?? "",
        "integration.channel": "sms",
      });
      return centre.writes("Hello");
    },
    marks: "✓✓✓–✓…––",
  },
  {
    name: "a conversation lives longer than its task",
    travel: async (centre) => {
      await (await centre.flexFlow()).update({ longLived: true });
      await completed(centre);
      await centre.advance(3600);
      await centre.writes("One more thing");
      return centre.writes("Invoice");
    },
    marks: "✓✓✓✓✓…––",
  },
  {
    name: "a conversation that lives longer than its task rests",
    travel: async (centre) => {
      await (await centre.flexFlow()).update({ longLived: true });
      const { taskSid } = await completed(centre);
      await centre.advance(3600);
      return { task: taskSid };
    },
    marks: "✓✓✓✓✓✓✓✓",
  },
  {
    name: "somebody writes in a web chat",
    travel: async (centre) => {
      const ann = await visitor(centre.http, "ann");
      await ann.write("Hello", []);
      await ann.write("Invoice", []);
      const [chat] = await centre.chat.users("ann").userChannels.list();
      return { channel: chat?.channelSid ?? "" };
    },
    marks: "––✓✓✓…––",
  },
  {
    name: "the sender is named",
    travel: async (centre) => {
      await centre.talks();
      return { from: "+1 (415) 555-0170", since: "30m" };
    },
    marks: "✓✓✓✓✓✓––",
  },
  {
    name: "the task is named",
    travel: async (centre) => ({ task: (await centre.talks()).reservation.taskSid }),
    marks: "✓✓✓✓✓✓––",
  },
  {
    name: "the channel is named",
    travel: async (centre) => ({ channel: (await centre.talks()).channelSid }),
    marks: "✓✓✓✓✓✓––",
  },
  {
    name: "a text to a customer is of no conversation",
    travel: async (centre) => {
      const { sid } = await centre.client.messages.create({ from: number, to: customer, body: "Your code" });
      await centre.advance(5);
      return sid;
    },
    marks: "––––––––",
  },
  {
    name: "the agent's own message is named",
    travel: async (centre) => {
      const { agent, channelSid } = await centre.talks();
      await agent.write(channelSid, "How can I help?");
      const [sent] = await centre.client.messages.list({ from: number, to: customer, limit: 1 });
      await centre.advance(5);
      return sent?.sid ?? "";
    },
    marks: "✓✓✓✓✓✓✓–",
  },
  {
    name: "the customer sends only a picture",
    travel: async (centre) => {
      await centre.talks();
      await centre.advance(90);
      return centre.text(customer, number, "", ["https://example.com/invoice.png"]);
    },
    marks: "✓✓✓✓✓✓––",
  },
  {
    name: "a web chat is completed",
    travel: async (centre) => {
      const ann = await visitor(centre.http, "ann");
      await ann.write("Hello", []);
      const [task] = await centre.router.tasks.list();
      const [offer] = await centre.router.tasks(task?.sid ?? "").reservations.list();
      const { agent, reservation } = await centre.accepts(offer?.workerName);
      const channel = (await agent.channelOf(reservation.taskSid)) ?? "";
      await agent.write(channel, "How can I help?");
      await agent.complete(reservation);
      return { channel };
    },
    marks: "––✓✓✓✓–✓",
  },
  {
    name: "the task is for a certain agent",
    travel: async (centre) => {
      const attributes = '{"channelSid":"{{trigger.message.ChannelSid}}","targetWorker":"client:bob"}';
      await centre.changeFlow((states) =>
        states.map((state) =>
          state.type === "send-to-flex"
            ? { ...state, properties: { ...state.properties, attributes } }
            : state,
        ),
      );
      return centre.asks();
    },
    marks: "✓✓✓✓✓…––",
  },
  {
    name: "the Flex Flow's handler makes a task and does not note it in the channel",
    travel: async (centre) => {
      const url = "http://127.0.0.1:1/handler";
      await (await centre.flexFlow()).update({ integrationType: "external", "integration.url": url });
      const workflowSid = await workflowOf(centre);
      const message = await centre.writes("Hello");
      await makeTask(centre, workflowSid);
      return message;
    },
    marks: "✓✓✓–✓…––",
  },
  {
    name: "a request of the flow makes the task, in the place of Send to Flex",
    travel: async (centre) => {
      const workflowSid = await workflowOf(centre);
      const properties = { method: "POST", content_type: "application/json", url: "http://127.0.0.1:1/task" };
      await centre.changeFlow((states) =>
        states.map((state) =>
          state.type === "send-to-flex"
            ? { ...state, type: "make-http-request", properties, transitions: [{ event: "failed" }] }
            : state,
        ),
      );
      const message = await centre.asks();
      await centre.journey(message);
      await makeTask(centre, workflowSid);
      return message;
    },
    marks: "✓✓✓✓✓…––",
  },
  {
    name: "a handler of one's own brings the message to an agent",
    travel: async (centre) => (await handledByOwn(centre)).message,
    marks: "✓–✓–✓✓––",
  },
  {
    name: "the channel of a handler of one's own is named",
    travel: async (centre) => ({ channel: (await handledByOwn(centre)).channelSid }),
    marks: "––✓–✓✓––",
  },
  {
    name: "the task of a handler of one's own is named, and completed",
    travel: async (centre) => {
      const { agent, reservation, taskSid } = await handledByOwn(centre);
      await agent.complete(reservation);
      return { task: taskSid };
    },
    marks: "––✓–✓✓––",
  },
];

export const journeys: readonly Healthy[] = [...journeysOfChat, ...journeysOfConversations];

/** Makes the task of the only conversation. */
async function makeTask(centre: BrokenCentre, workflowSid: string): Promise<void> {
  const [session] = await centre.proxy.sessions.list();
  const attributes = JSON.stringify({ channelSid: session?.uniqueName, skill: "billing" });
  await centre.router.tasks.create({ workflowSid, taskChannel: "sms", attributes });
}

/** A handler of the account's own brings a message to an agent, in the place of Flex. */
async function handledByOwn(centre: BrokenCentre) {
  const channelSid = await centre.opensOwn();
  const [message] = await centre.client.messages.list({ from: customer, limit: 1 });
  const attributes = JSON.stringify({ channelSid, skill: "billing" });
  const workflowSid = await workflowOf(centre);
  const task = await centre.router.tasks.create({ workflowSid, taskChannel: "sms", attributes });
  const { agent, reservation } = await centre.accepts("alice", { orchestrations: noOrchestrations });
  await centre.channel(channelSid).members.create({ identity: "alice" });
  await centre.channel(channelSid).messages.create({ from: "alice", body: "How can I help?" });
  return { message: message?.sid ?? "", channelSid, taskSid: task.sid, agent, reservation };
}

export async function completed(centre: BrokenCentre) {
  const { message, agent, reservation, channelSid } = await centre.talks();
  await agent.write(channelSid, "How can I help?");
  await centre.advance(5);
  await agent.complete(reservation);
  return { message, channelSid, taskSid: reservation.taskSid };
}

import type { StepName } from "../../cli/diagnose/finding.ts";
import type { SubjectOptions } from "../../cli/diagnose/subject.ts";
import { noOrchestrations } from "../../cli/simulate/flex-ui.ts";
import type { Receiver } from "../support/receiver.ts";
import { customer, number, type BrokenCentre } from "./centre.ts";

/** One way to break a message's way, and what the diagnosis must say. Adding one is one entry. */
export interface Fault {
  readonly name: string;
  /** Breaks it and lets a message travel. @returns what to diagnose: a message's SID, or another end */
  break(centre: BrokenCentre, receiver: Receiver): Promise<string | SubjectOptions>;
  readonly expect: { readonly step: StepName; readonly cause: string; readonly exit: number };
}

const receive = (cause: string) => ({ step: "receive" as const, cause, exit: 11 });
const proxy = (cause: string) => ({ step: "proxy" as const, cause, exit: 12 });
const channel = (cause: string) => ({ step: "channel" as const, cause, exit: 13 });
const studio = (cause: string) => ({ step: "studio" as const, cause, exit: 14 });
const task = (cause: string) => ({ step: "task" as const, cause, exit: 15 });
const reservations = (cause: string) => ({ step: "reservations" as const, cause, exit: 16 });
const replies = (cause: string) => ({ step: "replies" as const, cause, exit: 17 });
const completion = (cause: string) => ({ step: "completion" as const, cause, exit: 18 });

export const faults: readonly Fault[] = [
  {
    name: "the number has no handler",
    break: async (centre) => {
      await centre.ownNumber.update({ smsUrl: "" });
      return centre.writes("Hello");
    },
    expect: receive("number-no-handler"),
  },
  {
    name: "the number hands its messages to a URL",
    break: async (centre, { url }) => {
      await centre.ownNumber.update({ smsUrl: `${url}/sms` });
      return centre.writes("Hello");
    },
    expect: receive("number-other-handler"),
  },
  {
    name: "the number hands its messages to a Studio flow",
    break: async (centre) => {
      const { accountSid } = centre.emulator;
      const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${centre.sids.flow}`;
      await centre.ownNumber.update({ smsUrl });
      return centre.writes("Hello");
    },
    expect: receive("number-other-handler"),
  },
  {
    name: "the number hands its messages to another Proxy service",
    break: async (centre) => {
      const other = await centre.client.proxy.v1.services.create({ uniqueName: "Other" });
      const { accountSid } = centre.emulator;
      const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${other.sid}/Webhooks/Message`;
      await centre.ownNumber.update({ smsUrl });
      return centre.writes("Hello");
    },
    expect: receive("number-other-proxy"),
  },
  {
    name: "a Messaging Service takes the number's messages",
    break: async (centre) => {
      const service = await centre.client.messaging.v1.services.create({ friendlyName: "Marketing" });
      await centre.client.messaging.v1
        .services(service.sid)
        .phoneNumbers.create({ phoneNumberSid: centre.sids.number });
      return centre.writes("Hello");
    },
    expect: receive("number-messaging-service"),
  },
  {
    name: "the number was released since",
    break: async (centre) => {
      await centre.ownNumber.update({ smsUrl: "" });
      const message = await centre.writes("Hello");
      await centre.ownNumber.remove();
      return message;
    },
    expect: receive("number-missing"),
  },
  {
    name: "the message was deleted, as after its retention",
    break: async (centre) => {
      const message = await centre.writes("Hello");
      await centre.client.messages(message).remove();
      return message;
    },
    expect: receive("message-missing"),
  },
  {
    name: "the sender never wrote",
    break: () => Promise.resolve({ from: "+14155550199" }),
    expect: receive("no-message"),
  },
  {
    name: "the sender wrote earlier than looked for",
    break: async (centre) => {
      await centre.writes("Hello");
      await centre.advance(3 * 3600);
      return { from: customer, since: "2h" };
    },
    expect: receive("no-message"),
  },
  {
    name: "the number is not in the pool",
    break: async (centre) => {
      const { smsUrl } = await centre.ownNumber.fetch();
      await centre.proxy.phoneNumbers(centre.sids.number).remove();
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
    name: "a request of the flow fails",
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 500 });
      const properties = { method: "GET", content_type: "application/json", url: `${receiver.url}/hours` };
      await centre.insertFirst({ name: "Hours", type: "make-http-request", properties }, "success");
      const message = await centre.writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: studio("widget-failed"),
  },
  {
    name: "a request of the flow gets no answer",
    break: async (centre, receiver) => {
      receiver.answer = () => "hang";
      const properties = { method: "GET", content_type: "application/json", url: `${receiver.url}/hours` };
      await centre.insertFirst({ name: "Hours", type: "make-http-request", properties }, "success");
      const message = await centre.writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: studio("widget-failed"),
  },
  {
    name: "the Studio flow was deleted",
    break: async (centre) => {
      await centre.flow.remove();
      return centre.writes("Hello");
    },
    expect: studio("flow-missing"),
  },
  {
    name: "the flow ends before it hands over",
    break: async (centre) => {
      await centre.changeFlow((states) =>
        states.map((state) =>
          state.name === "Answer"
            ? { ...state, transitions: state.transitions.map(({ next: _, ...transition }) => transition) }
            : state,
        ),
      );
      return centre.asks();
    },
    expect: studio("flow-ended-early"),
  },
  {
    name: "the channel lost its webhook to the flow",
    break: async (centre) => {
      await centre.writes("Hello");
      const [session] = await centre.proxy.sessions.list();
      const webhooks = centre.channel(session?.uniqueName ?? "").webhooks;
      for (const { sid } of await webhooks.list())
        await centre
          .channel(session?.uniqueName ?? "")
          .webhooks(sid)
          .remove();
      await centre.advance(60);
      return centre.writes("Invoice");
    },
    expect: studio("channel-webhook-missing"),
  },
  {
    name: "an execution that goes on with nothing holds the contact",
    break: async (centre, receiver) => {
      receiver.answer = () => "hang";
      const properties = { method: "GET", content_type: "application/json", url: `${receiver.url}/hours` };
      await centre.insertFirst({ name: "Hours", type: "make-http-request", properties }, "success");
      await centre.writes("Hello");
      centre.skip(300);
      return centre.writes("Are you there?");
    },
    expect: studio("execution-stuck"),
  },
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
    name: "the agent let it time out",
    break: async (centre) => {
      await setActivity(centre, "bob", "Break");
      const message = await centre.asks();
      await centre.advance(61);
      return message;
    },
    expect: reservations("reservation-timeout"),
  },
  {
    name: "the agent rejected it, and is on a break",
    break: async (centre) => {
      const message = await centre.asks();
      const [created] = await centre.router.tasks.list();
      const { reservations: offered } = centre.router.tasks(created?.sid ?? "");
      const [pending] = await offered.list();
      await setActivity(centre, "alice", "Break");
      await centre.router
        .tasks(created?.sid ?? "")
        .reservations(pending?.sid ?? "")
        .update({ reservationStatus: "rejected" });
      return message;
    },
    expect: reservations("reservation-rejected"),
  },
  {
    name: "the agent was taken out of the channel",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      await centre.setAttributes(channelSid, { long_lived: true });
      await centre.channel(channelSid).members("alice").remove();
      return message;
    },
    expect: reservations("agent-not-member"),
  },
  {
    name: "nothing adds the agent to the channel",
    break: async (centre) => (await centre.talks({ orchestrations: noOrchestrations })).message,
    expect: reservations("agent-no-chat-user"),
  },
  {
    name: "the agent role lost a permission",
    break: async (centre) => {
      const { message } = await centre.talks();
      const role = await agentRole(centre);
      await centre.chat.roles(role.sid).update({
        permission: role.permissions.filter((permission) => permission !== "sendMessage"),
      });
      return message;
    },
    expect: reservations("agent-role-permissions"),
  },
  {
    name: "the agent role got a permission more",
    break: async (centre) => {
      const { message } = await centre.talks();
      const role = await agentRole(centre);
      await centre.chat.roles(role.sid).update({ permission: [...role.permissions, "removeMember"] });
      return message;
    },
    expect: reservations("agent-role-permissions"),
  },
  {
    name: "the agent role is gone",
    break: async (centre) => {
      await centre.chat.roles((await agentRole(centre)).sid).remove();
      return centre.asks();
    },
    expect: reservations("agent-role-missing"),
  },
  {
    name: "the agent is in the channel as a guest",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      const guest = (await centre.chat.roles.list()).find(({ friendlyName }) => friendlyName === "guest");
      await centre
        .channel(channelSid)
        .members("alice")
        .update({ roleSid: guest?.sid ?? "" });
      return message;
    },
    expect: reservations("agent-other-role"),
  },
  {
    name: "the worker has no contact_uri",
    break: async (centre) => {
      await centre.router
        .workers(await workerSid(centre, "alice"))
        .update({ attributes: JSON.stringify({ routing: { skills: ["billing"] } }) });
      return (await centre.talks()).message;
    },
    expect: reservations("contact-uri-missing"),
  },
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
    name: "the task was completed by a program, which leaves everything else",
    break: async (centre) => {
      const { message, reservation } = await centre.talks();
      await centre.router
        .tasks(reservation.taskSid)
        .update({ assignmentStatus: "completed", reason: "script" });
      return message;
    },
    expect: completion("session-left"),
  },
  {
    name: "an orchestration of one's own leaves the channel active",
    break: async (centre) => {
      const { message, agent, reservation, sessionSid } = await centre.talks({
        orchestrations: { ...noOrchestrations, accepted: ["AddToChatChannel"] },
      });
      await agent.complete(reservation);
      await centre.proxy.sessions(sessionSid).remove();
      return message;
    },
    expect: completion("channel-left-active"),
  },
  {
    name: "an orchestration of one's own leaves the agent in the channel",
    break: async (centre) => {
      const { agent, reservation, sessionSid } = await centre.talks({
        orchestrations: {
          accepted: ["AddToChatChannel"],
          wrapup: [],
          completed: ["DeactivateChatChannel"],
        },
      });
      await agent.complete(reservation);
      await centre.proxy.sessions(sessionSid).remove();
      return { task: reservation.taskSid };
    },
    expect: completion("agent-left-in-channel"),
  },
];

interface Routing {
  readonly filters: readonly {
    readonly expression: string;
    readonly targets: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly default_filter?: { readonly queue: string } | undefined;
}

/** The workflow that the flow's Send to Flex names. */
async function workflowOf(centre: BrokenCentre): Promise<string> {
  const { definition } = await centre.flow.fetch();
  const { states } = definition as { states: { type: string; properties: { workflow?: string } }[] };
  return states.find(({ type }) => type === "send-to-flex")?.properties.workflow ?? "";
}

async function changeWorkflow(centre: BrokenCentre, change: (routing: Routing) => Routing): Promise<void> {
  const workflow = centre.router.workflows(await workflowOf(centre));
  const { configuration } = await workflow.fetch();
  const { task_routing: routing } = JSON.parse(configuration) as { task_routing: Routing };
  await workflow.update({ configuration: JSON.stringify({ task_routing: change(routing) }) });
}

async function workerSid(centre: BrokenCentre, friendlyName: string): Promise<string> {
  const [worker] = await centre.router.workers.list({ friendlyName });
  return worker?.sid ?? "";
}

async function fire(centre: BrokenCentre, name: string): Promise<void> {
  await centre.router.workers(await workerSid(centre, name)).remove();
}

async function setActivity(centre: BrokenCentre, name: string, friendlyName: string): Promise<void> {
  const [activity] = await centre.router.activities.list({ friendlyName });
  await centre.router.workers(await workerSid(centre, name)).update({ activitySid: activity?.sid ?? "" });
}

async function agentRole(centre: BrokenCentre) {
  const role = (await centre.chat.roles.list()).find(({ friendlyName }) => friendlyName === "agent");
  if (role === undefined) throw new Error("There is no role agent");
  return role;
}

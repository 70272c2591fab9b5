import { leavePool } from "../support/leavePool.ts";
import type { BrokenCentre } from "./centre.ts";
import { completed } from "./healthy.ts";
import { asked, finished, web } from "./talk.ts";
import { workflowOf } from "./faults/change.ts";
import { noOrchestrations } from "../../flex-stack/simulate/flex-ui.ts";
import type { Receiver } from "../support/receiver.ts";
import { ailmentsOfConversations } from "./conversation-ailments.ts";

/** Something in the set-up that would break messages, and the check that finds it. Adding one is one entry. */
export interface Ailment {
  readonly name: string;
  break(centre: BrokenCentre, receiver: Receiver): Promise<unknown>;
  /** The only check that fails, and the causes it finds. */
  readonly check: string;
  readonly causes: readonly string[];
}

/** The number that opens conversations. */
export const webNumber = "+13125550163";

/** Hands messages of that number to a URL, or to nobody. */
export async function handWebNumberTo(centre: BrokenCentre, smsUrl: string): Promise<void> {
  const [own] = await centre.client.incomingPhoneNumbers.list({ phoneNumber: webNumber });
  await own?.update({ smsUrl });
}

const ailmentsOfChat: readonly Ailment[] = [
  {
    name: "a number whose messages open conversations has a handler, too",
    break: (centre) => handWebNumberTo(centre, "https://example.com/sms"),
    check: "numbers",
    causes: ["number-two-handlers"],
  },
  {
    name: "a number has no handler",
    break: (centre) => centre.ownNumber.update({ smsUrl: "" }),
    check: "numbers",
    causes: ["number-no-handler"],
  },
  {
    name: "a number that nothing leads to Flex has Twilio's placeholder only",
    break: async (centre) => {
      await (await centre.flexFlow()).remove();
      await leavePool(centre.proxy, centre.sids.number);
    },
    check: "numbers",
    causes: ["number-no-handler"],
  },
  {
    name: "a number of Flex leads elsewhere",
    break: (centre, { url }) => centre.ownNumber.update({ smsUrl: `${url}/sms` }),
    check: "numbers",
    causes: ["number-other-handler"],
  },
  {
    name: "a number with a Flex Flow is not in the pool",
    break: async (centre) => {
      const { smsUrl } = await centre.ownNumber.fetch();
      await leavePool(centre.proxy, centre.sids.number);
      await centre.ownNumber.update({ smsUrl });
    },
    check: "numbers",
    causes: ["number-not-in-pool"],
  },
  {
    name: "the Flex Flow of a number is for a channel that no text comes in by",
    break: async (centre) => (await centre.flexFlow()).update({ channelType: "whatsapp" }),
    check: "numbers",
    causes: ["flex-flow-missing"],
  },
  {
    name: "the Flex Flow of a number is disabled",
    break: async (centre) => (await centre.flexFlow()).update({ enabled: false }),
    check: "flex-flows",
    causes: ["flex-flow-disabled"],
  },
  {
    name: "a Flex Flow leads to a flow that is deleted",
    break: async (centre) => {
      const { definition } = await centre.flow.fetch();
      const other = await centre.client.studio.v2.flows.create({
        friendlyName: "Short-lived",
        status: "published",
        definition: definition as object,
      });
      await (await centre.flexFlow()).update({ "integration.flowSid": other.sid });
      await centre.client.studio.v2.flows(other.sid).remove();
    },
    check: "flex-flows",
    causes: ["flow-missing"],
  },
  {
    name: "a Flex Flow leads to a flow that was never published",
    break: async (centre) => {
      const { definition } = await centre.flow.fetch();
      const draft = await centre.client.studio.v2.flows.create({
        friendlyName: "Draft",
        status: "draft",
        definition: definition as object,
      });
      await (await centre.flexFlow()).update({ "integration.flowSid": draft.sid });
    },
    check: "flex-flows",
    causes: ["flow-unpublished"],
  },
  {
    name: "the flow makes tasks on a task channel that is deleted",
    break: async (centre) => {
      const sms = (await centre.router.taskChannels.list()).find(({ uniqueName }) => uniqueName === "sms");
      await centre.router.taskChannels(sms?.sid ?? "").remove();
    },
    check: "flows",
    // Of its two widgets, for Chat and for Conversations.
    causes: ["task-channel-missing", "task-channel-missing"],
  },
  {
    name: "the flow hands nothing to Flex",
    break: (centre) =>
      centre.changeFlow((states) =>
        states.flatMap((state) => {
          if (state.type === "send-to-flex") return [];
          const transitions = state.transitions.map((one) =>
            one.next?.startsWith("Send") === true && one.next.endsWith("ToAgent")
              ? { ...one, next: undefined }
              : one,
          );
          return [{ ...state, transitions }];
        }),
      ),
    check: "flows",
    causes: ["flow-without-flex"],
  },
  {
    name: "a workflow leads to a deleted queue",
    break: async (centre) => {
      const queue = await centre.router.taskQueues.create({ friendlyName: "Short-lived" });
      await centre.router.workflows.create({
        friendlyName: "Callbacks",
        configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
      });
      await centre.router.taskQueues(queue.sid).remove();
    },
    check: "workflows",
    causes: ["queue-missing"],
  },
  {
    name: "a workflow leads to nothing but a queue that no worker is in",
    break: async (centre) => {
      const queue = await centre.router.taskQueues.create({
        friendlyName: "Letters",
        targetWorkers: 'routing.skills HAS "letters"',
      });
      await centre.router.workflows.create({
        friendlyName: "Letters",
        configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
      });
    },
    check: "queues",
    causes: ["queue-unserved"],
  },
  {
    name: "a workflow cancels what nobody takes in time",
    break: async (centre) => {
      const queue = await centre.router.taskQueues.create({ friendlyName: "All" });
      const filter = {
        filter_friendly_name: "Callbacks",
        expression: 'type == "callback"',
        targets: [{ queue: queue.sid, timeout: 60 }],
      };
      const routing = { filters: [filter], default_filter: { queue: queue.sid } };
      await centre.router.workflows.create({
        friendlyName: "Callbacks",
        configuration: JSON.stringify({ task_routing: routing }),
      });
    },
    check: "workflows",
    causes: ["workflow-cancels"],
  },
  {
    name: "the agent role was changed",
    break: async (centre) => {
      const agent = (await centre.chat.roles.list()).find(({ friendlyName }) => friendlyName === "agent");
      await centre.chat.roles(agent?.sid ?? "").update({ permission: ["sendMessage", "leaveChannel"] });
    },
    check: "agent-role",
    causes: ["agent-role-permissions"],
  },
  {
    name: "workers have no contact_uri, or a wrong one",
    break: async (centre) => {
      await centre.hire("carol", { contact_uri: undefined });
      await centre.hire("dave", { contact_uri: "dave" });
    },
    check: "workers",
    causes: ["contact-uri-missing", "contact-uri-missing"],
  },
  {
    name: "an execution does not go on",
    break: async (centre, receiver) => {
      receiver.answer = () => "hang";
      const properties = { method: "GET", content_type: "application/json", url: `${receiver.url}/hours` };
      await centre.insertFirst({ name: "Hours", type: "make-http-request", properties }, "success");
      await centre.writes("Hello");
      centre.skip(300);
    },
    check: "executions",
    causes: ["execution-stuck"],
  },
  {
    name: "a session outlived its task",
    break: async (centre) => {
      const { reservation } = await centre.talks();
      await centre.router.tasks(reservation.taskSid).update({ assignmentStatus: "completed", reason: "x" });
    },
    check: "stale-sessions",
    causes: ["session-stale"],
  },
  {
    name: "a channel outlived its task and its session",
    break: async (centre) => {
      const { agent, reservation, sessionSid } = await centre.talks({ orchestrations: noOrchestrations });
      await agent.complete(reservation);
      await centre.proxy.sessions(sessionSid).remove();
    },
    check: "orphan-channels",
    causes: ["channel-orphan"],
  },
  {
    name: "an open session lost its channel",
    break: async (centre) => {
      const { channelSid } = await centre.talks();
      await centre.channel(channelSid).remove();
    },
    check: "stale-sessions",
    causes: ["session-without-channel"],
  },
  {
    name: "a channel outlived its task, and its session is closed",
    break: async (centre) => {
      const { agent, reservation, sessionSid } = await centre.talks({ orchestrations: noOrchestrations });
      await agent.complete(reservation);
      await centre.proxy.sessions(sessionSid).update({ status: "closed" });
    },
    check: "orphan-channels",
    causes: ["channel-orphan"],
  },
  {
    name: "a Flex Flow makes tasks on a task channel that does not exist",
    break: async (centre) =>
      (await centre.flexFlow()).update({
        integrationType: "task",
        "integration.workspaceSid": centre.sids.workspace,
        "integration.workflowSid": await workflowOf(centre),
        "integration.channel": "fax",
      }),
    check: "flex-flows",
    causes: ["task-channel-missing"],
  },
  {
    name: "the trigger of the flow leads messages nowhere",
    break: (centre) =>
      centre.changeFlow((states) =>
        states.map((state) =>
          state.type === "trigger"
            ? { ...state, transitions: state.transitions.map(({ event }) => ({ event })) }
            : state,
        ),
      ),
    check: "flows",
    // For texts, and for conversations.
    causes: ["flow-without-flex", "trigger-not-wired"],
  },
];

export const ailments: readonly Ailment[] = [...ailmentsOfChat, ...ailmentsOfConversations];

/** What is in order though much has happened. */
export const wellUsed = async (centre: BrokenCentre): Promise<void> => {
  const own = web(centre);
  own.customer = "+14155550178";
  await finished(own);
  await completed(centre);
  await centre.advance(3600);
  await centre.talks();
  await centre.text("+14155550177", "+14155550142", "Hello");
  await own.writes("One more thing");
  own.customer = "+14155550179";
  await asked(own);
};

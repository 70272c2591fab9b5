import type { Problem } from "../../flex-stack/diagnose/finding.ts";
import type { Provisioned } from "../../flex-stack/whereabouts/provisioned.ts";
import { agentRole } from "../../flex-stack/meaning/index.ts";
import { noOrchestrations } from "../../flex-stack/simulate/flex-ui.ts";
import type { Receiver } from "../support/receiver.ts";
import { ailments, handWebNumberTo } from "./ailments.ts";
import { advisedOfConversations } from "./conversation-advice.ts";
import type { BrokenCentre } from "./centre.ts";
import { faults } from "./faults/index.ts";

/** How things were before somebody broke them, for whoever puts them right by hand. */
export interface Before {
  readonly definition: object;
  readonly smsUrl: string;
  readonly integration: { readonly flow_sid: string };
}

/** What the health of an account no stack of which is known advises in words, and how a person follows that. */
export interface Advised {
  readonly cause: string;
  /** How it begins, as the code says it. */
  readonly words: string;
  break(centre: BrokenCentre, receiver: Receiver): Promise<unknown>;
  /** `command`: the one that is printed. Else what the words say, as a console does it. */
  readonly follow: "command" | ((centre: BrokenCentre, before: Before) => Promise<unknown>);
  /** What the stack is known to have. @default nothing */
  readonly known?: (resources: readonly Provisioned[]) => readonly Provisioned[];
}

const breaking =
  (name: string): Advised["break"] =>
  async (centre, receiver) => {
    const found = [...faults, ...ailments].find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no fault "${name}"`);
    await found.break(centre, receiver);
  };

/** Takes a number out of the messaging manager of Flex and puts it in again. */
async function addInManager(centre: BrokenCentre): Promise<void> {
  const pool = centre.proxy.phoneNumbers;
  for (const { sid } of (await pool.list()).filter(({ phoneNumber }) => phoneNumber === centre.number))
    await pool(sid).remove();
  await centre.ownNumber.update({ smsApplicationSid: "" });
  await pool.create({ sid: centre.sids.number });
  const flows = await centre.client.flexApi.v1.flexFlow.list();
  const own = flows.filter(({ contactIdentity }) => contactIdentity === centre.number);
  if (own.some(({ channelType }) => channelType === "sms")) return;
  await centre.client.flexApi.v1.flexFlow.create({
    friendlyName: "By hand",
    chatServiceSid: centre.sids.chat,
    channelType: "sms",
    contactIdentity: centre.number,
    enabled: true,
    integrationType: "studio",
    "integration.flowSid": centre.sids.flow,
  });
}

const backToStudio = async (centre: BrokenCentre, { integration }: Before) =>
  (await centre.flexFlow()).update({
    integrationType: "studio",
    "integration.flowSid": integration.flow_sid,
  });

const publish = (centre: BrokenCentre, { definition }: Before) =>
  centre.flow.update({ status: "published", definition });

/** Publishes the flow with what there is now in the place of what it names. */
const publishWith = async (centre: BrokenCentre, property: "workflow" | "channel", sid: string) =>
  centre.changeFlow((states) =>
    states.map((state) =>
      state.type === "send-to-flex"
        ? { ...state, properties: { ...state.properties, [property]: sid } }
        : state,
    ),
  );

const manager = "Add the number in the Flex messaging manager";
const correctFlow = "Correct it in the Flex messaging manager";
const correctInStudio = "Correct it in Studio and publish it";

/** Every advice that the health of an account can give. */
export const advised: readonly Advised[] = [
  ...(
    [
      ["number-no-handler", "the number has no handler"],
      ["number-other-handler", "the number hands its messages to a URL"],
      ["number-other-proxy", "the number hands its messages to another Proxy service"],
      ["number-application", "a TwiML application takes the number's messages"],
      ["number-not-in-pool", "the number is not in the pool"],
      ["flex-flow-missing", "the Flex Flow is for another kind of channel"],
    ] as const
  ).map(([cause, name]) => ({ cause, words: manager, break: breaking(name), follow: addInManager })),
  {
    cause: "number-two-handlers",
    words: "Empty its SmsUrl, or disable the address",
    break: breaking("a number whose messages open conversations has a handler, too"),
    follow: (centre) => handWebNumberTo(centre, ""),
  },
  ...advisedOfConversations,
  {
    cause: "number-other-handler",
    words: "The stack's program declares it so: change it there, and provision the stack.",
    break: (centre) => centre.ownNumber.update({ smsUrl: "https://example.com/sms" }),
    known: (resources) =>
      resources.map((one) =>
        one.type === "twilio:api:IncomingPhoneNumber"
          ? { ...one, inputs: { ...one.inputs, smsUrl: "https://example.com/sms" } }
          : one,
      ),
    // As provisioning would.
    follow: (centre, { smsUrl }) => centre.ownNumber.update({ smsUrl }),
  },
  {
    cause: "number-messaging-service",
    words: "Let the Messaging Service leave inbound messages to the number's own webhook.",
    break: breaking("a Messaging Service takes the number's messages"),
    follow: async (centre) => {
      const { services } = centre.client.messaging.v1;
      for (const { sid } of await services.list())
        await services(sid).update({ useInboundWebhookOnNumber: true });
    },
  },
  {
    cause: "flex-flow-disabled",
    words: correctFlow,
    break: breaking("the Flex Flow is disabled"),
    follow: async (centre) => (await centre.flexFlow()).update({ enabled: true }),
  },
  {
    cause: "flex-flow-other-chat",
    words: correctFlow,
    break: breaking("the Flex Flow opens chats in another service"),
    follow: async (centre) => (await centre.flexFlow()).update({ chatServiceSid: centre.sids.chat }),
  },
  {
    cause: "flow-missing",
    words: correctFlow,
    break: breaking("a Flex Flow leads to a flow that is deleted"),
    follow: backToStudio,
  },
  {
    cause: "flow-unpublished",
    words: correctFlow,
    break: breaking("a Flex Flow leads to a flow that was never published"),
    follow: backToStudio,
  },
  {
    cause: "workflow-missing",
    words: correctFlow,
    break: breaking("the Flex Flow makes tasks in a workflow that was deleted"),
    follow: backToStudio,
  },
  {
    cause: "task-channel-missing",
    words: correctFlow,
    break: breaking("a Flex Flow makes tasks on a task channel that does not exist"),
    follow: backToStudio,
  },
  {
    cause: "flex-flow-without-number",
    words: "Delete it in the Flex messaging manager, or get the number back.",
    break: (centre) => centre.ownNumber.remove(),
    follow: async (centre) => (await centre.flexFlow()).remove(),
  },
  {
    cause: "flex-flow-without-number",
    words: "Get the number back, or take it out of the stack's configuration and provision the stack.",
    break: (centre) => centre.ownNumber.remove(),
    known: (resources) => resources,
    // As provisioning would: tests/diagnose/repair.test.ts does.
    follow: async (centre) => (await centre.flexFlow()).remove(),
  },
  {
    cause: "flow-without-flex",
    words: "Lead incomingMessage of the trigger there",
    break: breaking("the trigger of the flow leads messages nowhere"),
    follow: publish,
  },
  {
    cause: "flow-without-flex",
    words: "Add one",
    break: breaking("the flow hands nothing to Flex"),
    follow: publish,
  },
  {
    cause: "workflow-missing",
    words: correctInStudio,
    break: breaking("the flow's workflow was deleted"),
    follow: async (centre) => {
      const [workflow] = await centre.router.workflows.list();
      await publishWith(centre, "workflow", workflow?.sid ?? "");
    },
  },
  {
    cause: "task-channel-missing",
    words: correctInStudio,
    break: breaking("the flow's task channel was deleted"),
    follow: async (centre) => {
      const [channel] = await centre.router.taskChannels.list();
      await publishWith(centre, "channel", channel?.sid ?? "");
    },
  },
  {
    cause: "workflow-cancels",
    words: "Add a target without a timeout at the end, of a queue that somebody serves.",
    break: breaking("a workflow cancels what nobody takes in time"),
    follow: (centre) =>
      changeRouting(centre, "Callbacks", ({ filters = [], default_filter }) => ({
        filters: filters.map((filter) => ({ ...filter, targets: [...filter.targets, default_filter] })),
        default_filter,
      })),
  },
  {
    cause: "queue-missing",
    words: "Point it to queues that exist",
    break: breaking("a workflow leads to a deleted queue"),
    follow: async (centre) => {
      const [everyone] = await centre.router.taskQueues.list({ friendlyName: "Everyone" });
      await changeRouting(centre, "Callbacks", () => ({ default_filter: { queue: everyone?.sid ?? "" } }));
    },
  },
  {
    cause: "queue-unserved",
    words: "Give a worker what the queue's expression asks for, or add a target of a queue that has workers.",
    break: breaking("a workflow leads to nothing but a queue that no worker is in"),
    follow: (centre) => centre.hire("carol", { routing: { skills: ["letters"] } }),
  },
  {
    cause: "agent-role-missing",
    words: "Make it again with the seven standard permissions",
    break: async (centre) => {
      const agent = (await centre.chat.roles.list()).find(({ friendlyName }) => friendlyName === "agent");
      await centre.chat.roles(agent?.sid ?? "").remove();
    },
    follow: (centre) =>
      centre.chat.roles.create({
        friendlyName: "agent",
        type: "channel",
        permission: [...agentRole.permissions],
      }),
  },
  {
    cause: "agent-role-permissions",
    words: "Give it the seven standard permissions again",
    break: breaking("the agent role was changed"),
    follow: "command",
  },
  {
    cause: "contact-uri-missing",
    words: "Let the agent log in to Flex again, which sets it, or set it in the worker's attributes.",
    break: (centre) => centre.hire("carol", { contact_uri: undefined }),
    follow: async (centre) => {
      const [carol] = await centre.router.workers.list({ friendlyName: "carol" });
      await centre.router.workers(carol?.sid ?? "").update({ attributes: '{"contact_uri":"client:carol"}' });
    },
  },
  {
    cause: "execution-stuck",
    words: "End it: the customer's next message starts the flow anew.",
    break: breaking("an execution does not go on"),
    follow: "command",
  },
  {
    cause: "session-without-channel",
    words: "Delete the session: the customer's next message begins a new conversation.",
    break: breaking("an open session lost its channel"),
    follow: "command",
  },
  {
    cause: "session-stale",
    words:
      "Delete the session. Flex UI does it when an agent completes the task; for tasks that end otherwise, enable the janitor of the Flex Flow.",
    break: breaking("a session outlived its task"),
    follow: "command",
  },
  {
    cause: "channel-orphan",
    words: "Set its status to INACTIVE: it counts among the open chats of its members (Twilio error 45207).",
    break: async (centre) => {
      const { agent, reservation, sessionSid } = await centre.talks({ orchestrations: noOrchestrations });
      await agent.complete(reservation);
      await centre.proxy.sessions(sessionSid).remove();
    },
    follow: "command",
  },
];

/** What nobody can follow here, and why. */
export const unfollowed: readonly { readonly cause: string; readonly words: string; readonly why: string }[] =
  [
    {
      cause: "no-flex",
      words: "Choose the stack of the right account with --stack, or create a Flex project in this one.",
      why: "the account is another one afterwards; the finding itself: diagnose.test.ts",
    },
    ...["workspace-missing", "chat-service-missing", "proxy-service-missing"].map((cause) => ({
      cause,
      words: "It was deleted, or never was: set it up in the Flex console",
      why: "only Flex makes them; what a stack has is brought back by up: repair.test.ts",
    })),
    {
      cause: "agent-in-too-many-conversations",
      words:
        "Let the agent leave those that are over. Conversations that are closed by the Interaction lose their agents by themselves; those that programs and timers close do not.",
      why: "a thousand conversations take their time: the command is run with the ailment",
    },
    {
      cause: "workflow-invalid",
      words: "Correct it",
      why: "Twilio takes no such workflow: only one that is as old as an earlier rule of it can be one",
    },
  ];

async function changeRouting(
  centre: BrokenCentre,
  friendlyName: string,
  change: (routing: Routing) => Routing,
): Promise<void> {
  const [workflow] = await centre.router.workflows.list({ friendlyName });
  const { task_routing: routing } = JSON.parse(workflow?.configuration ?? "{}") as { task_routing: Routing };
  const configuration = JSON.stringify({ task_routing: change(routing) });
  await centre.router.workflows(workflow?.sid ?? "").update({ configuration });
}

interface Routing {
  readonly filters?: readonly { readonly targets: readonly (object | undefined)[] }[];
  readonly default_filter?: { readonly queue: string } | undefined;
}

/** Whether a problem is this one, told in these words. */
export const isAdvice = ({ cause, words }: Pick<Advised, "cause" | "words">, problem: Problem): boolean =>
  problem.cause === cause && problem.fix.startsWith(words);

import { changeWorkflow, workflowOf } from "../diagnose/faults/change.ts";
import type { BrokenCentre, FlowState } from "../diagnose/centre.ts";
import { moves, prepares } from "../diagnose/move.ts";
import { conversationsOf } from "../diagnose/talk.ts";
import type { NumberSettings } from "../../flex-stack/migrate/stage.ts";

/** Something that keeps a number from its next stage, and what `migrate check` must say. Adding one is one entry. */
export interface Hindrance {
  readonly name: string;
  /** What the configuration says of the number. */
  readonly settings: NumberSettings;
  /** Brings the account to that stage, and breaks it. */
  break(centre: BrokenCentre): Promise<unknown>;
  readonly expect: {
    readonly item: string;
    readonly state: "blocker" | "warning";
    readonly causes: readonly string[];
  };
}

const migration = (stage: string, cut = "enable-first", more: object = {}) => ({
  migration: { stage, cut, ...more },
});
export const legacy = {};
export const prepared = migration("prepared");
export const cut = { kind: "conversations", ...migration("cut") };

const preparedThen =
  (then: (centre: BrokenCentre) => Promise<unknown>): Hindrance["break"] =>
  async (centre) => {
    await prepares(centre);
    await then(centre);
  };

/** Agents' desktops of the first version serve no conversations. */
export async function setFlexUi(centre: BrokenCentre, version: string): Promise<void> {
  await centre.http.send({
    method: "POST",
    url: "https://flex-api.twilio.com/v1/Configuration",
    json: { account_sid: centre.emulator.accountSid, ui_version: version },
  });
}

async function inService(centre: BrokenCentre, settings: { inboundRequestUrl?: string }): Promise<string> {
  const { services } = centre.client.messaging.v1;
  const { sid } = await services.create({ friendlyName: "Campaign", ...settings });
  await services(sid).phoneNumbers.create({ phoneNumberSid: centre.sids.number });
  return sid;
}

/** The attributes that each Send to Flex writes. */
const setTemplate = (centre: BrokenCentre, attributes: object) =>
  centre.changeFlow((states: FlowState[]) =>
    states.map((state) =>
      state.type === "send-to-flex"
        ? { ...state, properties: { ...state.properties, attributes: JSON.stringify(attributes) } }
        : state,
    ),
  );

const filterBy = (centre: BrokenCentre, expression: string) =>
  changeWorkflow(centre, ({ filters, ...rest }) => ({
    ...rest,
    filters: filters.map((filter, index) => (index === 1 ? { ...filter, expression } : filter)),
  }));

const unknownService = `MG${"0".repeat(32)}`;

export const hindrances: readonly Hindrance[] = [
  {
    name: "the preparation was written, and not carried out",
    settings: prepared,
    break: () => Promise.resolve(),
    expect: { item: "account", state: "blocker", causes: ["not-applied"] },
  },
  {
    name: "somebody has turned the Address on beside Proxy",
    settings: prepared,
    break: (centre) => prepares(centre, true),
    expect: { item: "account", state: "blocker", causes: ["not-applied"] },
  },
  {
    name: "a Messaging Service would answer in the Address's place",
    settings: prepared,
    break: preparedThen((centre) => inService(centre, { inboundRequestUrl: "https://example.com/campaign" })),
    expect: { item: "messaging-service", state: "blocker", causes: ["service-answers"] },
  },
  {
    name: "the pool's Messaging Service does not exist",
    settings: { messagingServiceSid: unknownService, ...migration("prepared", "pool") },
    break: () => Promise.resolve(),
    expect: { item: "messaging-service", state: "blocker", causes: ["pool-service-missing"] },
  },
  {
    name: "the number is a sender of another service than the pool's",
    settings: { messagingServiceSid: unknownService, ...migration("prepared", "pool") },
    break: (centre) => inService(centre, {}),
    expect: {
      item: "messaging-service",
      state: "blocker",
      causes: ["pool-service-missing", "other-service"],
    },
  },
  {
    name: "the Flex Flow makes tasks by itself, and nobody said what conversations do",
    settings: prepared,
    break: preparedThen(async (centre) => {
      const [channel] = await centre.router.taskChannels.list();
      await (
        await centre.flexFlow()
      ).update({
        integrationType: "task",
        "integration.workspaceSid": centre.sids.workspace,
        "integration.workflowSid": await workflowOf(centre),
        "integration.channel": channel?.sid ?? "",
      });
    }),
    expect: { item: "flex-flow", state: "blocker", causes: ["flow-makes-tasks"] },
  },
  {
    name: "the Flex Flow calls a URL, and nobody said what conversations do",
    settings: prepared,
    break: preparedThen(async (centre) =>
      (await centre.flexFlow()).update({
        integrationType: "external",
        "integration.url": "https://example.com/flex",
      }),
    ),
    expect: { item: "flex-flow", state: "blocker", causes: ["flow-calls-url"] },
  },
  {
    name: "the Flex Flow's chats live longer than their tasks",
    settings: prepared,
    break: preparedThen(async (centre) => (await centre.flexFlow()).update({ longLived: true })),
    expect: { item: "flex-flow", state: "blocker", causes: ["long-lived"] },
  },
  {
    name: "a chat is open, and the cut goes on",
    settings: prepared,
    break: preparedThen((centre) => centre.talks()),
    expect: { item: "open-chats", state: "warning", causes: ["chats-open"] },
  },
  {
    name: "a chat is open, and the cut waits for it",
    settings: migration("prepared", "drain"),
    break: preparedThen((centre) => centre.talks()),
    expect: { item: "open-chats", state: "blocker", causes: ["chats-open"] },
  },
  {
    name: "a chat is open that finishing would break",
    settings: cut,
    break: async (centre) => {
      await centre.talks();
      await moves(centre);
    },
    expect: { item: "open-chats", state: "blocker", causes: ["chats-open"] },
  },
  {
    name: "a conversation holds a customer's pair already",
    settings: prepared,
    break: preparedThen(async (centre) => {
      const { sid } = await conversationsOf(centre).create({ friendlyName: "By hand" });
      await conversationsOf(centre)(sid).participants.create({
        "messagingBinding.address": centre.customer,
        "messagingBinding.proxyAddress": centre.number,
      });
    }),
    expect: { item: "held-pairs", state: "warning", causes: ["pairs-held"] },
  },
  {
    name: "conversations are opened elsewhere by default",
    settings: prepared,
    break: preparedThen(async (centre) => {
      const { v1 } = centre.client.conversations;
      const { sid } = await v1.services.create({ friendlyName: "Other" });
      await v1.configuration().update({ defaultChatServiceSid: sid });
    }),
    expect: { item: "default-service", state: "blocker", causes: ["other-default-service"] },
  },
  {
    name: "nothing closes conversations",
    settings: prepared,
    break: preparedThen((centre) =>
      centre.client.conversations.v1.configuration().update({ defaultClosedTimer: "" }),
    ),
    expect: { item: "default-service", state: "warning", causes: ["closed-timer-missing"] },
  },
  {
    name: "agents have Flex UI 1",
    settings: prepared,
    break: preparedThen((centre) => setFlexUi(centre, "~1.34.0")),
    expect: { item: "flex-ui", state: "blocker", causes: ["flex-ui-version"] },
  },
  {
    name: "the agent role lacks a permission",
    settings: prepared,
    break: preparedThen(async (centre) => {
      const roles = await centre.chat.roles.list();
      const agent = roles.find(({ friendlyName, type }) => friendlyName === "agent" && type === "channel");
      await centre.chat.roles(agent?.sid ?? "").update({ permission: ["sendMessage"] });
    }),
    expect: { item: "roles", state: "blocker", causes: ["agent-role-permissions"] },
  },
  {
    name: "the flow does not hear conversations",
    settings: prepared,
    break: preparedThen((centre) =>
      centre.changeFlow((states) =>
        states.map((state) => ({
          ...state,
          transitions: state.transitions.map((one) =>
            one.event === "incomingConversationMessage" ? { event: one.event } : one,
          ),
        })),
      ),
    ),
    expect: { item: "flow-trigger", state: "blocker", causes: ["trigger-not-wired"] },
  },
  {
    name: "a filter reads what only tasks of Chat have",
    settings: prepared,
    break: preparedThen((centre) => filterBy(centre, 'skill == "billing" AND proxySession != null')),
    expect: { item: "routing", state: "blocker", causes: ["attribute-missing"] },
  },
  {
    name: "a filter reads what the flow takes from a channel's attributes",
    settings: prepared,
    break: preparedThen(async (centre) => {
      await setTemplate(centre, { line: "{{trigger.message.ChannelAttributes.twilioNumber}}" });
      await filterBy(centre, 'line == "+14155550142"');
    }),
    expect: { item: "routing", state: "blocker", causes: ["attribute-missing"] },
  },
  {
    name: "the flow names a channel in tasks of conversations",
    settings: prepared,
    break: preparedThen((centre) => setTemplate(centre, { channelSid: "{{trigger.message.ChannelSid}}" })),
    expect: { item: "routing", state: "warning", causes: ["task-names-channel"] },
  },
  {
    name: "nobody has room on the task channel",
    settings: prepared,
    break: preparedThen(async (centre) => {
      const channels = await centre.router.taskChannels.list();
      const sms = channels.find(({ uniqueName }) => uniqueName === "sms")?.sid;
      for (const { sid } of await centre.router.workers.list()) {
        const own = await centre.router.workers(sid).workerChannels.list();
        const room = own.find(({ taskChannelSid }) => taskChannelSid === sms);
        await centre.router
          .workers(sid)
          .workerChannels(room?.sid ?? "")
          .update({ capacity: 0 });
      }
    }),
    expect: { item: "capacity", state: "blocker", causes: ["no-capacity"] },
  },
];

import { describe, expect, test } from "@jest/globals";
import { editsFor, entryFor } from "./config-place.ts";
import type { ConfigContext } from "../config-files/edit.ts";
import { finding, stranger } from "./finding.fixture.ts";

const config = {
  routing: {
    workspace: { friendlyName: "Flex" },
    defaultActivity: "Offline",
    activities: { Offline: { available: false }, Break: { available: false } },
    queues: {
      sales: { friendlyName: "Sales", skill: "sales", maxReservedWorkers: 2 },
      rest: { friendlyName: "Rest" },
    },
    workflows: {
      inbound: {
        friendlyName: "Inbound",
        targeted: { queue: "rest", overflow: "sales", timeout: 30 },
        filters: [
          {
            friendlyName: "A",
            expression: "a == 1",
            targets: [{ queue: "sales", timeout: 60 }, { queue: "rest" }],
          },
        ],
        defaultQueue: "rest",
      },
    },
    workers: { alice: { skills: ["a"], attributes: { level: 3 } } },
  },
  chat: {
    postWebhookUrl: "https://a.example.com",
    limits: { channelMembers: 100 },
    roles: { auditor: { permissions: ["leaveChannel"] } },
  },
  proxy: { defaultTtl: 0 },
  conversations: {
    defaultClosedTimer: "P1D",
    webhooks: { postWebhookUrl: "https://a.example.com" },
    roles: { reader: { permissions: ["leaveConversation"] } },
  },
  messagingFlow: { friendlyName: "Flow" },
  messageHandling: { kind: "flex", numbers: { main: { phoneNumber: "+1", friendlyName: "Main" } } },
  flexConfiguration: { targetQueue: "rest" },
};
const sids: Record<string, string> = { WQ1: "sales", WQ2: "rest", WA1: "Offline", WA2: "Break" };
const context = (changes: object = {}): ConfigContext => ({
  config: { ...config, ...changes },
  keyOf: (_type, sid) => sids[String(sid)],
});
const changed = (type: string, name: string, property: string, account: unknown) =>
  finding({ type: `twilio:${type}`, name, property, account });

type Case = [type: string, name: string, property: string, account: unknown, edits: [string, unknown][]];

test.each<Case>([
  [
    "taskrouter:TaskQueue",
    "flex-routing-queue-sales",
    "maxReservedWorkers",
    7,
    [["routing.queues.sales.maxReservedWorkers", 7]],
  ],
  [
    "taskrouter:TaskQueue",
    "flex-routing-queue-sales",
    "maxReservedWorkers",
    undefined,
    [["routing.queues.sales.maxReservedWorkers", undefined]],
  ],
  ["taskrouter:TaskQueue", "flex-routing-queue-sales", "maxReservedWorkers", 2, []],
  [
    "taskrouter:TaskQueue",
    "flex-routing-queue-sales",
    "targetWorkers",
    'routing.skills HAS "vip"',
    [["routing.queues.sales.skill", "vip"]],
  ],
  [
    "taskrouter:TaskQueue",
    "flex-routing-queue-sales",
    "targetWorkers",
    "level > 3",
    [
      ["routing.queues.sales.skill", undefined],
      ["routing.queues.sales.targetWorkers", "level > 3"],
    ],
  ],
  [
    "taskrouter:Workspace",
    "flex-routing-workspace",
    "eventCallbackUrl",
    "https://x",
    [["routing.workspace.eventCallbackUrl", "https://x"]],
  ],
  [
    "taskrouter:WorkspaceSettings",
    "flex-routing-workspace-settings",
    "defaultActivitySid",
    "WA2",
    [["routing.defaultActivity", "Break"]],
  ],
  [
    "taskrouter:Activity",
    "flex-routing-activity-Break",
    "friendlyName",
    "Pause",
    [["routing.activities.Break.friendlyName", "Pause"]],
  ],
  [
    "chat:Service",
    "flex-chat-service",
    "postWebhookUrl",
    "https://b",
    [["chat.postWebhookUrl", "https://b"]],
  ],
  ["chat:Service", "flex-chat-service", "limits", { channelMembers: 5 }, [["chat.limits.channelMembers", 5]]],
  [
    "chat:Role",
    "flex-chat-role-auditor",
    "permissions",
    ["sendMessage"],
    [["chat.roles.auditor.permissions.0", "sendMessage"]],
  ],
  ["proxy:Service", "flex-proxy-service", "defaultTtl", 60, [["proxy.defaultTtl", 60]]],
  [
    "conversations:Configuration",
    "flex-conversations-configuration",
    "defaultClosedTimer",
    "P2D",
    [["conversations.defaultClosedTimer", "P2D"]],
  ],
  [
    "conversations:ServiceWebhooks",
    "flex-conversations-webhooks",
    "postWebhookUrl",
    "https://b.example.com",
    [["conversations.webhooks.postWebhookUrl", "https://b.example.com"]],
  ],
  [
    "conversations:Role",
    "flex-conversations-role-reader",
    "permissions",
    ["sendMessage"],
    [["conversations.roles.reader.permissions.0", "sendMessage"]],
  ],
  [
    "conversations:Service",
    "flex-chat-service",
    "friendlyName",
    "Desk",
    [["conversations.service.friendlyName", "Desk"]],
  ],
  [
    "conversations:ServiceConfiguration",
    "flex-conversations-service",
    "reachabilityEnabled",
    true,
    [["conversations.reachabilityEnabled", true]],
  ],
  ["studio:Flow", "flex-messaging-flow", "friendlyName", "New", [["messagingFlow.friendlyName", "New"]]],
  [
    "api:IncomingPhoneNumber",
    "flex-number-main-number",
    "friendlyName",
    "M",
    [["messageHandling.numbers.main.friendlyName", "M"]],
  ],
  [
    "flex:FlexFlow",
    "flex-number-main-flex-flow",
    "friendlyName",
    "F",
    [["messageHandling.numbers.main.flexFlowName", "F"]],
  ],
  [
    "conversations:Address",
    "flex-number-main-address",
    "friendlyName",
    "A",
    [["messageHandling.numbers.main.addressName", "A"]],
  ],
  ["flex:FlexFlow", "flex-number-main-flex-flow", "longLived", true, [["messageHandling.longLived", true]]],
  [
    "flex:Configuration",
    "flex-configuration",
    "taskrouterTargetTaskqueueSid",
    "WQ1",
    [["flexConfiguration.targetQueue", "sales"]],
  ],
  [
    "taskrouter:Worker",
    "flex-routing-worker-alice",
    "attributes",
    { contact_uri: "client:alice", routing: { skills: ["b"] }, level: 4 },
    [
      ["routing.workers.alice.skills.0", "b"],
      ["routing.workers.alice.attributes.level", 4],
    ],
  ],
])("%s %s %s = %j", (type, name, property, account, edits) => {
  const found = editsFor(changed(type, name, property, account), context());
  expect(found?.map(({ path, value }) => [path.join("."), value])).toEqual(edits);
});

test.each<[string, string, string, unknown]>([
  ["chat:Role", "flex-chat-role-agent", "permissions", ["sendMessage"]],
  ["studio:Flow", "flex-messaging-flow", "definition", {}],
  ["api:IncomingPhoneNumber", "flex-number-main-number", "smsUrl", "https://x"],
  ["taskrouter:WorkspaceSettings", "flex-routing-workspace-settings", "defaultActivitySid", "WA9"],
  ["taskrouter:TaskQueue", "flex-routing-queue-unheard-of", "friendlyName", "X"],
  ["taskrouter:TaskQueue", "my-own-queue", "friendlyName", "X"],
  ["taskrouter:Worker", "flex-routing-worker-alice", "attributes", { no: "skills" }],
  [
    "taskrouter:Workflow",
    "flex-routing-workflow-inbound",
    "configuration",
    { task_routing: { filters: [], x: 1 } },
  ],
])("the configuration has no word for %s %s %s = %j", (type, name, property, account) => {
  expect(editsFor(changed(type, name, property, account), context())).toBeUndefined();
});

describe("a workflow", () => {
  const worker = { queue: "WQ2", expression: "task.targetWorker == worker.contact_uri", timeout: 30 };
  const document = (targets: object[], first = worker) => ({
    task_routing: {
      filters: [
        {
          filter_friendly_name: "Named worker",
          expression: "targetWorker != null",
          targets: [first, { queue: "WQ1" }],
        },
        { filter_friendly_name: "A", expression: "a == 1", targets },
      ],
      default_filter: { queue: "WQ2" },
    },
  });
  const edits = (account: unknown) =>
    editsFor(
      changed("taskrouter:Workflow", "flex-routing-workflow-inbound", "configuration", account),
      context(),
    )?.map(({ path, value }) => [path.slice(3).join("."), value]);
  const targets = [{ queue: "WQ1", timeout: 60 }, { queue: "WQ2" }];

  test.each<[string, unknown, unknown[]]>([
    ["as configured", document(targets), []],
    ["as text", JSON.stringify(document(targets)), []],
    [
      "another timeout",
      document([{ queue: "WQ1", timeout: 77 }, targets[1]!]),
      [["filters.0.targets.0.timeout", 77]],
    ],
    [
      "another queue",
      document([{ queue: "WQ2", timeout: 60 }, targets[1]!]),
      [["filters.0.targets.0.queue", "rest"]],
    ],
    ["one target less", document([targets[0]!]), [["filters.0.targets", [{ queue: "sales", timeout: 60 }]]]],
    [
      "more time for the named worker",
      document(targets, { ...worker, timeout: 45 }),
      [["targeted.timeout", 45]],
    ],
  ])("%s", (_case, account, expected) => {
    expect(edits(account)).toEqual(expected);
  });

  test("whose filter for named workers is no longer that has it as a filter like others", () => {
    const found = edits(document(targets, { ...worker, expression: "1==1" })) as [string, unknown][];
    expect(found.map(([path]) => path)).toEqual(["targeted", "filters"]);
    expect(found[0]?.[1]).toBeUndefined();
    expect(found[1]?.[1]).toHaveLength(2);
  });
});

describe("how an Address opens conversations", () => {
  const opened = (more: object) => ({ enabled: true, conversationServiceSid: "IS1", ...more });
  const hook = {
    type: "webhook",
    webhookUrl: "https://b",
    webhookMethod: "post",
    webhookFilters: ["onMessageAdded"],
  };
  const integration = { type: "webhook", url: "https://b", method: "POST", filters: ["onMessageAdded"] };
  const flow = { type: "studio", studioFlowSid: "FW1" };
  const numbers = (number: object) => ({
    messageHandling: { kind: "conversations", numbers: { main: { phoneNumber: "+1", ...number } } },
  });
  const at = "messageHandling.numbers.main.integration";

  test.each<[string, object, object, [string, unknown][] | undefined]>([
    ["by a URL in place of the flow", {}, opened(hook), [[at, integration]]],
    [
      "by another URL",
      { integration: { ...integration, url: "https://a" } },
      opened(hook),
      [[`${at}.url`, "https://b"]],
    ],
    [
      "by the flow in place of a URL",
      { integration },
      opened(flow),
      [
        [`${at}.type`, "studio"],
        [`${at}.url`, undefined],
        [`${at}.method`, undefined],
        [`${at}.filters`, undefined],
      ],
    ],
    ["by the flow, without a retry more", {}, opened({ ...flow, studioRetryCount: 1 }), []],
    ["not at all", {}, { ...opened(flow), enabled: false }, undefined],
    ["with another flow", {}, opened({ ...flow, studioFlowSid: "FW9" }), undefined],
    ["in another service", {}, { ...opened(flow), conversationServiceSid: "IS9" }, undefined],
    ["for nobody", {}, opened({ type: "default" }), undefined],
    ["by a URL that hears of nothing", {}, opened({ ...hook, webhookFilters: [] }), undefined],
  ])("%s", (_, number, account, edits) => {
    const known: Record<string, string> = { FW1: "", IS1: "" };
    const found = editsFor(
      changed("conversations:Address", "flex-number-main-address", "autoCreation", account),
      {
        ...context(numbers(number)),
        keyOf: (_type, sid) => known[String(sid)],
      },
    );
    expect(found?.map(({ path, value }) => [path.join("."), value])).toEqual(edits);
  });
});

test("a stack that says nothing of conversations says what the account has", () => {
  const found = editsFor(
    changed("conversations:Configuration", "flex-conversations-configuration", "defaultClosedTimer", "P2D"),
    context({ conversations: undefined }),
  );
  expect(found).toEqual([{ path: ["conversations", "defaultClosedTimer"], value: "P2D" }]);
});

test("with a handler of your own, its chat webhooks are the ones", () => {
  const messageHandling = {
    kind: "custom",
    numbers: { main: {} },
    handler: { chat: { postWebhookUrl: "https://a" } },
  };
  const found = editsFor(
    changed("chat:Service", "flex-chat-service", "postWebhookUrl", "https://b"),
    context({ messageHandling }),
  );
  expect(found).toEqual([
    { path: ["messageHandling", "handler", "chat", "postWebhookUrl"], value: "https://b" },
  ]);
});

test("what is gone goes, where it has an entry of its own", () => {
  const gone = (type: string, name: string) =>
    editsFor(finding({ kind: "deleted", property: undefined, type: `twilio:${type}`, name }), context());
  expect(gone("taskrouter:TaskQueue", "flex-routing-queue-sales")).toEqual([
    { path: ["routing", "queues", "sales"], value: undefined },
  ]);
  expect(gone("chat:Service", "flex-chat-service")).toBeUndefined();
});

test("what is unmanaged gets an entry, without what goes without saying", () => {
  expect(entryFor(stranger(), context())).toEqual({
    path: ["routing", "queues", "extra"],
    value: { friendlyName: "Extra" },
  });
  expect(entryFor(stranger({ title: "Sales" }), context())?.path.at(-1)).not.toBe("sales");
  expect(entryFor(stranger({ title: "constructor" }), context())?.path.at(-1)).toBe("constructor");
  expect(entryFor(stranger(), context({ routing: {} }))).toBeUndefined();
  expect(entryFor(stranger({ type: "twilio:proxy:PhoneNumber" }), context())).toBeUndefined();
});

test("what is unmanaged gets a key of its own, beside those that are there and those that are planned", () => {
  const keys: unknown[] = [];
  const planned: NonNullable<ReturnType<typeof entryFor>>[] = [];
  for (const title of ["Second line", "Second line!", "☎", "🎧"]) {
    const entry = entryFor(
      stranger({ title }),
      context({ routing: { queues: { secondLine: { friendlyName: "2nd" } } } }),
      planned,
    );
    if (entry !== undefined) planned.push(entry);
    keys.push(entry?.path.at(-1));
  }
  expect(keys).toEqual(["secondLine2", "secondLine3", "entry", "entry2"]);
});

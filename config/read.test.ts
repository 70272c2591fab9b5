import { describe, expect, test } from "@jest/globals";
import { ConfigError } from "./problem.ts";
import { parseConfig } from "./read.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A small correct configuration; each call is a fresh copy to spoil. */
const valid = (): Record<string, Json> => ({
  protect: false,
  routing: {
    activities: { Offline: { available: false }, Available: { available: true } },
    taskChannels: { sms: { friendlyName: "SMS" } },
    queues: {
      everyone: { friendlyName: "Everyone" },
      billing: { friendlyName: "Billing", skill: "billing", maxReservedWorkers: 2 },
    },
    workflows: {
      inbound: {
        friendlyName: "Inbound",
        targeted: { queue: "everyone", overflow: "billing", timeout: 30 },
        filters: [
          {
            friendlyName: "Billing",
            expression: 'skill == "billing"',
            targets: [
              { queue: "billing", timeout: 60, skipIf: "workers.available == 0" },
              { queue: "everyone" },
            ],
          },
        ],
        defaultQueue: "everyone",
      },
    },
  },
  chat: { roles: { auditor: { friendlyName: "auditor", type: "channel", permissions: ["leaveChannel"] } } },
  proxy: { uniqueName: "Flex" },
  messagingFlow: { workflow: "inbound", taskChannel: "sms" },
  messageHandling: { kind: "flex", numbers: { main: { phoneNumber: "+12025550147" } } },
});

/** What Pulumi hands over for a configuration. */
const raw = (config: Record<string, Json>, others: Record<string, string> = {}) => ({
  ...Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      `flex-messaging:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ),
  ...others,
});

/** Sets (or, with undefined, removes) what stands at a dotted path. */
function spoil(config: Record<string, Json>, path: string, value: Json | undefined): Record<string, Json> {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let parent: Record<string, Json> = config;
  for (const key of keys) parent = parent[key] as Record<string, Json>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return config;
}

function problemsOf(all: Record<string, string>, secretKeys: string[] = []): string[] {
  try {
    parseConfig(all, "dev", secretKeys);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ key, problem, fix }) => `${key} ${problem}; ${fix}`);
  }
}

test("a correct configuration comes back as it is", () => {
  expect(parseConfig(raw(valid()), "dev")).toEqual(valid());
});

const filterAt = "routing.workflows.inbound.filters.0";

describe("one mistake gives one problem with its key, value and fix", () => {
  const cases: [path: string, value: Json | undefined, problem: string][] = [
    [
      "protect",
      undefined,
      "protect is missing; set true or false (refuse to delete or replace numbers, services, workspace and roles)",
    ],
    [
      "protect",
      "yes",
      'protect is "yes"; set true or false (refuse to delete or replace numbers, services, workspace and roles)',
    ],
    [
      "rotuing",
      {},
      "rotuing is not a setting; did you mean routing? (known here: protect, policy, allowedDeletions, routing, routingFile, chat, proxy, conversations, messagingFlow, messageHandling, flexConfiguration, plugin)",
    ],
    [
      "routing.queues.billing.maxReservedWorkers",
      60,
      "routing.queues.billing.maxReservedWorkers is 60; set a whole number from 1 to 50 (workers offered one task at the same time)",
    ],
    [
      "routing.queues.billing.maxReservedWorkers",
      1.5,
      "routing.queues.billing.maxReservedWorkers is 1.5; set a whole number from 1 to 50 (workers offered one task at the same time)",
    ],
    [
      "routing.queues.billing.maxReservedWorker",
      5,
      "routing.queues.billing.maxReservedWorker is not a setting; did you mean maxReservedWorkers? (known here: friendlyName, skill, targetWorkers, maxReservedWorkers, taskOrder)",
    ],
    [
      "routing.queues.billing.friendlyName",
      undefined,
      "routing.queues.billing.friendlyName is missing; set the name of the queue, a text of 1 to 256 characters",
    ],
    [
      "routing.queues.billing.friendlyName",
      " ",
      'routing.queues.billing.friendlyName is " "; set the name of the queue, a text of 1 to 256 characters',
    ],
    [
      "routing.queues.billing.friendlyName",
      "Everyone",
      'routing.queues.billing.friendlyName is "Everyone", as that of everyone; use another one',
    ],
    [
      "routing.queues.billing.skill",
      'bill"ing',
      'routing.queues.billing.skill is "bill\\"ing"; set a skill without quotes and backslashes',
    ],
    [
      "routing.queues.billing.taskOrder",
      "FILO",
      'routing.queues.billing.taskOrder is "FILO"; set one of FIFO, LIFO (did you mean FIFO?)',
    ],
    [
      "routing.queues.billing.targetWorkers",
      "1==1",
      "routing.queues.billing sets both skill and targetWorkers; keep one of them",
    ],
    [
      "routing.queues.3rd",
      { friendlyName: "Third" },
      'routing.queues.3rd is {"friendlyName":"Third"}; use a key of 1 to 64 letters, digits, - and _ that starts with a letter',
    ],
    [
      "routing.defaultActivity",
      "Ofline",
      'routing.defaultActivity is "Ofline", which is no activity; did you mean Offline? (known: Offline, Available)',
    ],
    [
      "routing.workers",
      { alice: { activity: "Awailable", skills: ["billing"] } },
      'routing.workers.alice.activity is "Awailable", which is no activity; did you mean Available? (known: Offline, Available)',
    ],
    [
      "routing.workflows.inbound.defaultQueue",
      "everone",
      'routing.workflows.inbound.defaultQueue is "everone", which is no queue; did you mean everyone? (known: everyone, billing)',
    ],
    [
      "routing.workflows.inbound.targeted.overflow",
      "elsewhere",
      'routing.workflows.inbound.targeted.overflow is "elsewhere", which is no queue; use one that is known (known: everyone, billing)',
    ],
    [
      "routing.workflows.inbound.taskReservationTimeout",
      0,
      "routing.workflows.inbound.taskReservationTimeout is 0; set a whole number from 1 to 86400 (seconds an agent has to accept)",
    ],
    [
      "routing.workflows.empty",
      { friendlyName: "Empty" },
      "routing.workflows.empty routes no task anywhere; set filters, targeted or defaultQueue",
    ],
    [
      `${filterAt}.targets`,
      [],
      "routing.workflows.inbound.filters[0].targets is []; set at least one target",
    ],
    [
      `${filterAt}.targets`,
      [{ timeout: 5 }],
      "routing.workflows.inbound.filters[0].targets[0].queue is missing; set the key of a queue; only later targets take over the queue before them",
    ],
    [
      `${filterAt}.targets.1.queue`,
      "nobody",
      'routing.workflows.inbound.filters[0].targets[1].queue is "nobody", which is no queue; use one that is known (known: everyone, billing)',
    ],
    [
      `${filterAt}.targets.0.timeout`,
      "60s",
      'routing.workflows.inbound.filters[0].targets[0].timeout is "60s"; set a whole number from 1 to 1209600 (seconds before the next target)',
    ],
    [
      `${filterAt}.targets.0.knownWorkerSid`,
      "agentSid",
      'routing.workflows.inbound.filters[0].targets[0].knownWorkerSid is "agentSid"; set the task attribute that holds the worker\'s SID, e.g. task.agent',
    ],
    [
      `${filterAt}.targets.0.orderBy`,
      "worker.level DOWN",
      'routing.workflows.inbound.filters[0].targets[0].orderBy is "worker.level DOWN"; set worker attributes, each with ASC or DESC, e.g. worker.level DESC, worker.team ASC',
    ],
    [
      "chat.postWebhookUrl",
      "handler.example.com",
      'chat.postWebhookUrl is "handler.example.com"; set an absolute https URL, e.g. https://handler.example.com/sms',
    ],
    [
      "chat.postWebhookUrl",
      "http://handler.example.com",
      "chat.postWebhookUrl is http://handler.example.com; use https: messages would cross the internet unencrypted",
    ],
    [
      "chat.limits",
      { channelMembers: 2000 },
      "chat.limits.channelMembers is 2000; set a whole number from 1 to 1000 (members of one channel)",
    ],
    [
      "chat.roles.auditor.permissions",
      [],
      "chat.roles.auditor.permissions is []; set at least one permission",
    ],
    [
      "chat.roles.agent",
      { friendlyName: "agents", type: "channel", permissions: ["sendMessage"] },
      "chat.roles.agent is the agent role; remove it: that role is always there, with exactly the permissions Flex needs",
    ],
    [
      "proxy.geoMatchLevel",
      "county",
      'proxy.geoMatchLevel is "county"; set one of area-code, extended-area-code, overlay, radius, country (did you mean country?)',
    ],
    [
      "messagingFlow",
      {},
      "messagingFlow needs one of workflow and definitionFile; set either workflow (a flow built here) or definitionFile (an exported flow)",
    ],
    [
      "messagingFlow.workflow",
      "inbond",
      'messagingFlow.workflow is "inbond", which is no workflow; did you mean inbound? (known: inbound)',
    ],
    [
      "messagingFlow.taskChannel",
      "chat",
      'messagingFlow.taskChannel is "chat", which is no task channel; use one that is known (known: sms)',
    ],
    [
      "messagingFlow",
      { definitionFile: "flow.json", substitutions: { WW1: "workflows.inbond" } },
      'messagingFlow.substitutions.WW1 is "inbond", which is no workflow; did you mean inbound? (known: inbound)',
    ],
    [
      "messageHandling.numbers.main.integration",
      { type: "webhook", url: "https://example.com/hook", filters: ["onMessageAdded"] },
      "messageHandling.numbers.main.integration.type is webhook, which numbers of kind flex don't have; set studio or external or task",
    ],
    [
      "messageHandling.numbers.main",
      {
        phoneNumber: "+12025550147",
        kind: "conversations",
        integration: { type: "external", url: "https://a.example.com" },
      },
      "messageHandling.numbers.main.integration.type is external, which numbers of kind conversations don't have; set studio or webhook",
    ],
    [
      "messageHandling.integration",
      { type: "webhook", url: "https://example.com/hook", filters: ["onMessageAdded"] },
      "messageHandling.integration.type is webhook, and no number is of kind conversations; set studio, external or task",
    ],
    [
      "messageHandling.numbers.main",
      {
        phoneNumber: "+12025550147",
        kind: "conversations",
        integration: { type: "webhook", url: "https://a.example.com", filters: [] },
      },
      "messageHandling.numbers.main.integration.filters is []; set at least one event, e.g. onMessageAdded: without one nobody is called",
    ],
    [
      "conversations",
      { defaultClosedTimer: "PT9M" },
      'conversations.defaultClosedTimer is "PT9M"; set PT10M at least',
    ],
    [
      "conversations",
      { defaultInactiveTimer: "PT59S" },
      'conversations.defaultInactiveTimer is "PT59S"; set PT1M at least',
    ],
    [
      "conversations",
      { defaultClosedTimer: "1 day" },
      'conversations.defaultClosedTimer is "1 day"; set a duration in ISO 8601, PT10M at least, e.g. P1D (a day) or PT8H (eight hours)',
    ],
    [
      "conversations",
      { defaultClosedTimer: "P1M" },
      'conversations.defaultClosedTimer is "P1M"; set a duration in ISO 8601, PT10M at least, e.g. P1D (a day) or PT8H (eight hours)',
    ],
    [
      "conversations",
      { webhooks: { preWebhookUrl: "https://example.com/pre", filters: ["onConversationAdd"] } },
      "conversations.webhooks.filters has onConversationAdd beside a preWebhookUrl, whose refusal or failure would lose the customer's message; remove onConversationAdd, and refuse what comes later",
    ],
    [
      "conversations",
      { webhooks: { filters: ["onConversationAdd"] } },
      "conversations.webhooks.filters has onConversationAdd, which asks the preWebhookUrl that the account may have, whose refusal or failure would lose the customer's message; remove onConversationAdd, and refuse what comes later",
    ],
    [
      "conversations",
      { webhooks: { preWebhookUrl: "https://example.com/pre" } },
      "conversations.webhooks has a preWebhookUrl and no filters, so that it is asked about whatever the account says by now; add filters, such as [onMessageAdd]",
    ],
    [
      "conversations",
      { roles: { mine: { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] } } },
      "conversations.roles.mine is the agent role; remove it: that role is always there, with exactly the permissions Flex needs",
    ],
    [
      "messageHandling.kind",
      "custm",
      'messageHandling.kind is "custm"; set one of flex, conversations, custom (did you mean custom?)',
    ],
    [
      "messageHandling.kind",
      "custom",
      "messageHandling.handler is missing, though main of kind custom needs it; set handler.smsUrl (and handler.chat.postWebhookUrl), or kind flex",
    ],
    [
      "messageHandling.numbers.main.phoneNumber",
      "202 555 0147",
      "messageHandling.numbers.main.phoneNumber is \"202 555 0147\"; set a phone number in E.164, in quotes, e.g. '+12025550147'",
    ],
    [
      "messageHandling.numbers.main.phoneNumber",
      12025550147,
      "messageHandling.numbers.main.phoneNumber is 12025550147; set a phone number in E.164, in quotes, e.g. '+12025550147'",
    ],
    [
      "messageHandling.numbers.twin",
      { phoneNumber: "+12025550147" },
      'messageHandling.numbers.twin.phoneNumber is "+12025550147", as that of main; use another one',
    ],
    [
      "messageHandling.integration",
      { type: "task", workflow: "x", taskChannel: "sms" },
      'messageHandling.integration.workflow is "x", which is no workflow; use one that is known (known: inbound)',
    ],
    [
      "messageHandling.integration",
      { type: "studo" },
      'messageHandling.integration.type is "studo"; set a map whose type is studio, external, task or webhook',
    ],
    [
      "flexConfiguration",
      { targetQueue: "bill" },
      'flexConfiguration.targetQueue is "bill", which is no queue; use one that is known (known: everyone, billing)',
    ],
    [
      "plugin",
      { autoAccept: { taskChannels: ["sns"] } },
      'plugin.autoAccept.taskChannels[0] is "sns", which is no task channel; did you mean sms? (known: sms)',
    ],
    [
      "plugin",
      { taskChannels: { sms: { label: "SMS" } } },
      'plugin.taskChannels.sms is "sms", which is no custom task channel; there is none to choose from; declare it first',
    ],
    [
      "plugin",
      { taskChannels: { sms: { label: "{{task}}" } } },
      'plugin.taskChannels.sms.label is "{{task}}"; set a text without {}<>, which Flex takes for a template of HTML',
    ],
    [
      "plugin",
      { taskChannels: { sms: { color: "rgb(1,2,3)" } } },
      "plugin.taskChannels.sms.color is \"rgb(1,2,3)\"; set a colour, in quotes, e.g. '#0B7A75'",
    ],
    [
      "plugin",
      { taskChannels: { sms: { color: "#1234567" } } },
      "plugin.taskChannels.sms.color is \"#1234567\"; set a colour, in quotes, e.g. '#0B7A75'",
    ],
    [
      "plugin",
      { orchestration: { handlerUrl: "http://handler.example.com" } },
      "plugin.orchestration.handlerUrl is http://handler.example.com; use https: messages would cross the internet unencrypted",
    ],
    [
      "messageHandling",
      {
        kind: "flex",
        handler: { smsUrl: "https://handler.example.com/sms" },
        numbers: {
          main: { phoneNumber: "+12025550147" },
          shop: { phoneNumber: "+12025550148", kind: "custom" },
        },
      },
      "plugin can't tell the tasks of custom numbers from those of Flex; declare a task channel for them under routing.taskChannels, or give all numbers one kind",
    ],
  ];
  test.each(cases)("%s = %j", (path, value, problem) => {
    const config = { ...valid(), plugin: {} };
    expect(problemsOf(raw(spoil(config, path, value)))).toEqual([`flex-messaging:${problem}`]);
  });
});

test("two custom task channels can't have one channelType", () => {
  const config = valid();
  spoil(config, "routing.taskChannels", {
    a: { friendlyName: "A" },
    b: { friendlyName: "B" },
    sms: { friendlyName: "SMS" },
  });
  const plugin = { taskChannels: { a: { channelType: "custom" }, b: { channelType: "custom" } } };
  expect(problemsOf(raw({ ...config, plugin }))).toEqual([
    'flex-messaging:plugin.taskChannels.b.channelType is "custom", as that of a; use another one',
  ]);
});

test.each([
  ["routing.queues.everyone.targetWorkers", "level >"],
  [`${filterAt}.expression`, "skill == = 1"],
  [`${filterAt}.targets.0.expression`, "task.a =="],
  [`${filterAt}.targets.0.skipIf`, "workers.available"],
  ["routing.workflows.inbound.targeted.skipIf", "("],
])("%s = %s points at where the expression goes wrong", (path, expression) => {
  const key = path.replace(/\.(\d)/g, "[$1]");
  const [problem, ...others] = problemsOf(raw(spoil(valid(), path, expression)));
  expect(others).toEqual([]);
  expect(problem).toMatch(/; correct the expression: unexpected .* at character \d+, expecting /);
  expect(problem?.startsWith(`flex-messaging:${key} is ${expression};`)).toBe(true);
});

test("all problems come at once", () => {
  const config = spoil(spoil(valid(), "routing.queues.billing.maxReservedWorkers", 0), "proxy.uniqueName", 5);
  expect(problemsOf(raw(config))).toHaveLength(2);
  const references = spoil(spoil(valid(), "messagingFlow.workflow", "a"), "messagingFlow.taskChannel", "b");
  expect(problemsOf(raw(references))).toHaveLength(2);
});

test("an absent configuration names every key that is needed", () => {
  expect(problemsOf({}).map((problem) => problem.split(";")[0])).toEqual([
    "flex-messaging:protect is missing",
    "flex-messaging:routing is missing",
    "flex-messaging:messagingFlow is missing",
    "flex-messaging:messageHandling is missing",
  ]);
});

describe("chat and proxy", () => {
  const onConversations = (changes: Record<string, Json> = {}): Record<string, Json> => {
    const { chat: _, proxy: __, ...rest } = valid();
    const numbers = { main: { phoneNumber: "+12025550147" } };
    return { ...rest, messageHandling: { kind: "conversations", numbers }, ...changes };
  };
  const shop = { phoneNumber: "+12065550187" };
  const handler = { smsUrl: "https://handler.example.com/sms" };
  const missing = (service: string, made: string, who: string) =>
    `flex-messaging:${service} is missing, though ${who} it; set ${service} ({} takes over the ${made} that Flex made), or kind conversations`;
  const both = (who: string) => [
    missing("chat", "chat service", who),
    missing("proxy", "Proxy service", who),
  ];

  test.each<[string, Json, string[]]>([
    ["conversations alone", { kind: "conversations", numbers: { shop } }, []],
    [
      "each number on conversations",
      { kind: "flex", numbers: { shop: { ...shop, kind: "conversations" } } },
      [],
    ],
    ["no number yet", { kind: "conversations", numbers: {} }, []],
    ["no number yet, of kind flex", { kind: "flex", numbers: {} }, both("kind flex needs")],
    ["flex", { kind: "flex", numbers: { shop } }, both("shop of kind flex needs")],
    [
      "a number of kind flex beside one of kind custom",
      {
        kind: "conversations",
        handler,
        numbers: {
          web: { phoneNumber: "+13125550163" },
          main: { phoneNumber: "+12025550147", kind: "flex" },
          shop: { ...shop, kind: "custom" },
        },
      },
      both("main of kind flex, shop of kind custom need"),
    ],
  ])("%s", (_, messageHandling, problems) =>
    expect(problemsOf(raw(onConversations({ messageHandling })))).toEqual(problems),
  );

  test("conversations may stay open, and an Address be without a name", () => {
    const conversations = { defaultClosedTimer: "none" };
    const numbers = { main: { phoneNumber: "+12025550147", addressName: "" } };
    const messageHandling = { kind: "conversations", numbers };
    expect(problemsOf(raw(onConversations({ conversations, messageHandling })))).toEqual([]);
  });

  test("may be kept by a stack that needs neither", () => {
    const { chat, proxy } = valid() as { chat: Json; proxy: Json };
    expect(problemsOf(raw(onConversations({ chat })))).toEqual([]);
    expect(problemsOf(raw(onConversations({ proxy })))).toEqual([]);
  });

  test("the service is declared by one of the two", () => {
    const conversations = { service: { friendlyName: "Desk" }, reachabilityEnabled: true };
    expect(problemsOf(raw(onConversations({ conversations })))).toEqual([]);
    expect(problemsOf(raw({ ...valid(), conversations }))).toEqual([
      "flex-messaging:conversations.service is set beside chat, which declares the same service: Chat and Conversations have one store; " +
        "remove it, or chat where no number is of kind flex or custom",
    ]);
  });
});

test("plain http is fine towards the local Twilio", () => {
  const config = spoil(valid(), "chat.postWebhookUrl", "http://127.0.0.1:4200/chat");
  expect(problemsOf(raw(config, { "twilio:endpoint": "http://127.0.0.1:4100" }))).toEqual([]);
  expect(problemsOf(raw(config, { "twilio:endpoint": "http://twilio.example.com" }))).toHaveLength(1);
});

describe("a handler that the plugin refuses is refused before it is deployed, on the local Twilio as well", () => {
  const path = "flex-messaging:plugin.orchestration.handlerUrl";
  const withCredentials = `${path} has a user or password in it, which every agent could read; take it out: the handler knows agents by their Flex token`;
  test.each<[string, string[]]>([
    ["https://handler.example.com/flex", []],
    ["http://127.0.0.1:4200/flex", []],
    ["http://[::1]/flex", []],
    [
      "http://handler.example.com/flex",
      [
        `${path} is http://handler.example.com/flex; use https, or http on this machine: it gets agents' Flex tokens`,
      ],
    ],
    ["https://user:hunter2@handler.example.com/flex", [withCredentials]],
    ["https://user@handler.example.com/flex", [withCredentials]],
    ["http://user:hunter2@127.0.0.1/flex", [withCredentials]],
  ])("%s", (handlerUrl, problems) => {
    const config = { ...valid(), plugin: { orchestration: { handlerUrl } } };
    expect(problemsOf(raw(config, { "twilio:endpoint": "http://127.0.0.1:4100" }))).toEqual(problems);
  });
});

test("the password of a webhook by plain http is not shown", () => {
  const config = spoil(valid(), "chat.postWebhookUrl", "http://user:hunter2@handler.example.com/chat");
  expect(problemsOf(raw(config))).toEqual([
    "flex-messaging:chat.postWebhookUrl is http://user:[secret]@handler.example.com/chat; use https: messages would cross the internet unencrypted",
  ]);
});

test("the example account is refused", () => {
  expect(problemsOf(raw(valid(), { "twilio:accountSid": "AC00000000000000000000000000000000" }))).toEqual([
    "twilio:accountSid is still the example value AC00000000000000000000000000000000; set the SID of your Twilio account, so that this stack can't act on another one",
  ]);
});

test("a secret value is not shown", () => {
  const config = spoil(valid(), "proxy.geoMatchLevel", "hunter2");
  const [problem] = problemsOf(raw(config), ["flex-messaging:proxy"]);
  expect(problem).toMatch(/^flex-messaging:proxy\.geoMatchLevel is not acceptable; set one of /);
});

test("nor is one that only the rest of the configuration makes wrong", () => {
  const config = spoil(valid(), "chat.postWebhookUrl", "http://handler.example.com/hunter2");
  expect(problemsOf(raw(config), ["flex-messaging:chat"])).toEqual([
    "flex-messaging:chat.postWebhookUrl is not acceptable; use https: messages would cross the internet unencrypted",
  ]);
});

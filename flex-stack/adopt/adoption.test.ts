import { describe, expect, test } from "@jest/globals";
import {
  account,
  accountSid,
  activity,
  address,
  conversations,
  flexFlow,
  hearingFlow,
  make,
  phoneNumber,
  pooled,
  queue,
  role,
  sidOf,
  studioFlow,
  withoutChat,
  workflow,
  workspaceSid,
} from "./account.fixture.ts";
import { adoptionOf, type Adoption } from "./adoption.ts";
import type { FoundAccount } from "./found-account.ts";
import { kindOf } from "./found.ts";

const adopt = (parts: Partial<FoundAccount> = {}, endpoint?: string): Adoption =>
  adoptionOf(account(parts), {
    stack: "prod",
    accountSid,
    endpoint,
    protect: true,
    readsConfiguration: true,
    definitionFile: "adopted/prod/messaging-flow.json",
  });

/** What is in the program part, with the reasons. */
const reasons = ({ declared }: Adoption) =>
  declared.map(({ found, why }) => `${kindOf(found)} ${found.name}: ${why ?? "-"}`);

test("what the components can say goes into the configuration", () => {
  const { form, config, program, kept, left } = adopt();
  expect(form).toBe("configuration");
  expect(config).toEqual({
    "flex-messaging:protect": true,
    "flex-messaging:routing": {
      workspace: { friendlyName: "Flex Task Assignment" },
      activities: { Offline: { available: false }, Available: { available: true } },
      defaultActivity: "Offline",
      timeoutActivity: "Offline",
      taskChannels: { sms: { friendlyName: "SMS" } },
      queues: { everyone: { friendlyName: "Everyone" } },
      workflows: { anyone: { friendlyName: "Anyone", defaultQueue: "everyone" } },
    },
    "flex-messaging:chat": { friendlyName: "Flex Chat Service", roles: {} },
    "flex-messaging:proxy": { uniqueName: "Flex" },
    "flex-messaging:messagingFlow": {
      friendlyName: "Messaging Flow",
      definitionFile: "adopted/prod/messaging-flow.json",
    },
    "flex-messaging:messageHandling": {
      kind: "flex",
      integration: { type: "studio" },
      longLived: false,
      janitorEnabled: false,
      numbers: { number12025550101: { phoneNumber: "+12025550101", friendlyName: "+12025550101" } },
    },
    "flex-messaging:flexConfiguration": {
      targetWorkflow: "anyone",
      targetQueue: "everyone",
      offlineActivity: "Offline",
    },
  });
  expect([program, kept, left]).toEqual([undefined, [], []]);
});

describe("an account on Flex Conversations", () => {
  const e164 = "+12025550102";
  const settings = ({ config }: Adoption, key: string) => config[`flex-messaging:${key}`];

  test("alone does without Chat and Proxy", () => {
    const { form, config, program, kept, left } = adopt(withoutChat());
    expect(form).toBe("configuration");
    expect(Object.keys(config)).toEqual(
      ["protect", "routing", "conversations", "messagingFlow", "messageHandling", "flexConfiguration"].map(
        (key) => `flex-messaging:${key}`,
      ),
    );
    expect(config["flex-messaging:conversations"]).toEqual({
      service: { friendlyName: "Flex Chat Service" },
      defaultClosedTimer: "none",
      roles: {},
    });
    expect(config["flex-messaging:messageHandling"]).toEqual({
      kind: "conversations",
      numbers: {
        number12025550101: {
          phoneNumber: "+12025550101",
          friendlyName: "+12025550101",
          addressName: "Messages to +12025550101",
        },
      },
    });
    expect([program, kept, left]).toEqual([undefined, [], []]);
  });

  test("beside Chat and Proxy has both", () => {
    const found = conversations({
      addresses: [
        address(1, e164, {}, { friendlyName: null }),
        address(2, "whatsapp:+12025550102", {}, { type: "whatsapp", friendlyName: "WhatsApp" }),
      ],
      configuration: make("conversations:Configuration", {
        defaultChatServiceSid: sidOf("IS", 1),
        defaultMessagingServiceSid: sidOf("MG", 1),
        defaultInactiveTimer: "PT8H",
        defaultClosedTimer: "P1D",
      }),
      webhooks: make(
        "conversations:ServiceWebhooks",
        { postWebhookUrl: "https://a.example.com", method: "POST", filters: ["onMessageAdded"] },
        { serviceSid: sidOf("IS", 1) },
      ),
    });
    const adoption = adopt({
      flows: [hearingFlow(1, "Messaging Flow")],
      numbers: [phoneNumber(1, "+12025550101"), phoneNumber(2, e164, { smsUrl: "", friendlyName: "Web" })],
      conversations: found,
    });
    expect(settings(adoption, "conversations")).toEqual({
      defaultInactiveTimer: "PT8H",
      defaultClosedTimer: "P1D",
      webhooks: { postWebhookUrl: "https://a.example.com", method: "POST", filters: ["onMessageAdded"] },
    });
    expect(settings(adoption, "messageHandling")).toMatchObject({
      kind: "flex",
      numbers: {
        web: { phoneNumber: e164, friendlyName: "Web", kind: "conversations", addressName: "" },
      },
    });
    expect(reasons(adoption)).toEqual(["Address WhatsApp: -"]);
    expect(adoption.kept).toEqual([
      `conversations.Configuration "Configuration" (${accountSid}): defaultMessagingServiceSid`,
    ]);
  });

  test.each<[string, Partial<FoundAccount>, string[]]>([
    [
      "a flow that does not hear of conversations",
      { flows: [studioFlow(1, "Messaging Flow")] },
      [
        `IncomingPhoneNumber +12025550101: studio.Flow "Messaging Flow" (${sidOf("FW", 1)}) does nothing with messages of Flex Conversations`,
        "Address Messages to +12025550101: -",
      ],
    ],
    [
      "a webhook that hears of nothing",
      {
        conversations: conversations({
          addresses: [
            address(1, "+12025550101", {
              type: "webhook",
              studio_flow_sid: null,
              webhook_url: "https://a.example.com",
            }),
          ],
        }),
      },
      [
        "IncomingPhoneNumber +12025550101: it is []; the configuration wants you to set at least one event, e.g. onMessageAdded: without one nobody is called",
        "Address Messages to +12025550101: -",
      ],
    ],
    [
      "a hook that may refuse conversations, and one for the whole account",
      {
        conversations: conversations({
          addresses: [address(1, "+12025550101")],
          accountWebhooks: make("conversations:ConfigurationWebhooks", {
            postWebhookUrl: "https://b.example.com",
            filters: ["onMessageAdded"],
          }),
          webhooks: make(
            "conversations:ServiceWebhooks",
            { preWebhookUrl: "https://a.example.com", filters: ["onConversationAdd"] },
            { serviceSid: sidOf("IS", 1) },
          ),
        }),
      },
      ["ConfigurationWebhooks ConfigurationWebhooks: -", "ServiceWebhooks ServiceWebhooks: -"],
    ],
  ])("leaves to the program part %s", (_, parts, expected) => {
    expect(reasons(adopt({ ...withoutChat(), ...parts }))).toEqual(expected);
  });

  test("tells of settings of the service that nothing declares", () => {
    const { kept } = adopt({
      ...withoutChat(),
      conversations: conversations({
        addresses: [address(1, "+12025550101")],
        service: make(
          "conversations:ServiceConfiguration",
          { defaultConversationRoleSid: sidOf("RL", 1), reachabilityEnabled: true },
          { serviceSid: sidOf("IS", 1) },
        ),
        notifications: make(
          "conversations:ServiceNotifications",
          { logEnabled: true, newMessage: { enabled: false } },
          { serviceSid: sidOf("IS", 1) },
        ),
      }),
    });
    expect(kept).toEqual([
      `conversations.ServiceConfiguration "ServiceConfiguration" (${sidOf("IS", 1)}): defaultConversationRoleSid`,
      `conversations.ServiceNotifications "ServiceNotifications" (${sidOf("IS", 1)}): logEnabled`,
    ]);
  });

  test("can't do without Chat where the account's default service is another", () => {
    const configuration = make("conversations:Configuration", { defaultChatServiceSid: sidOf("IS", 2) });
    const { form, obstacles } = adopt({ ...withoutChat(), conversations: conversations({ configuration }) });
    expect([form, obstacles]).toEqual([
      "program",
      [`the default service of conversations is ${sidOf("IS", 2)}, and not that of Flex`],
    ]);
  });
});

const everyone = queue(1, "Everyone");
const toEveryone = { default_filter: { queue: sidOf("WQ", 1) } };
const filter = (expression: string) => ({
  filters: [{ filter_friendly_name: "A", expression, targets: [{ queue: sidOf("WQ", 1) }] }],
});

describe("what it can't say goes into the program part, with the reason", () => {
  test.each<[string, Partial<FoundAccount>, string[]]>([
    [
      "an expression that does not parse",
      { workflows: [workflow(1, "Odd", filter("skill == = 1"))] },
      [expect.stringMatching(/^Workflow Odd: .*correct the expression: .*10/) as unknown as string],
    ],
    [
      "a name that begins with white space",
      { queues: [everyone, queue(2, " Late ")] },
      ['TaskQueue  Late : " Late " begins or ends with white space'],
    ],
    [
      "a name too long for it, and what refers to it",
      {
        queues: [queue(1, "x".repeat(300))],
        workflows: [workflow(1, "Anyone", { filters: [], ...toEveryone })],
      },
      [
        expect.stringContaining("a text of 1 to 256 characters") as unknown as string,
        `Workflow Anyone: default_filter.queue is ${sidOf("WQ", 1)}, no queue of the configuration`,
      ],
    ],
    [
      "names that several share",
      { queues: [everyone, queue(2, "Same"), queue(3, "Same")] },
      [2, 3].map(() => "TaskQueue Same: others have the same name, so only its SID tells it apart"),
    ],
    [
      "a workflow without filters in its document",
      { workflows: [workflow(1, "Short", toEveryone)] },
      ["Workflow Short: filters is missing"],
    ],
    [
      "a number that another handler gets than the others",
      {
        numbers: [
          phoneNumber(1, "+12025550101"),
          phoneNumber(2, "+12025550102", { smsUrl: "https://a.example.com" }),
          phoneNumber(3, "+12025550103", { smsUrl: "https://a.example.com" }),
          phoneNumber(4, "+12025550104", { smsUrl: "https://b.example.com" }),
        ],
      },
      ["IncomingPhoneNumber +12025550104: another handler gets its messages than those of the other numbers"],
    ],
    [
      "a handler without https",
      {
        numbers: [phoneNumber(2, "+12025550102", { smsUrl: "http://a.example.com" })],
        pool: [],
        flexFlows: [],
      },
      [expect.stringContaining("use https") as unknown as string],
    ],
    [
      "conversations that become tasks on a channel named by its unique name",
      {
        flexFlows: [
          flexFlow(1, "+12025550101", {
            integrationType: "task",
            integration: { workspace_sid: workspaceSid, workflow_sid: sidOf("WW", 1), channel: "sms" },
          }),
        ],
      },
      [
        "FlexFlow Messages to +12025550101: -",
        "PhoneNumber +12025550101: -",
        "IncomingPhoneNumber +12025550101: what happens with its conversations: " +
          "its task channel is sms, no SID of one in the configuration",
      ],
    ],
  ])("%s", (_, parts, expected) => {
    const adoption = adopt(parts);
    expect(adoption.form).toBe("configuration");
    expect(reasons(adoption)).toEqual(expected);
  });

  test("or stays as it is, where it is one setting among others", () => {
    const chat = {
      friendlyName: "Flex Chat Service",
      preWebhookUrl: "http://a.example.com",
      webhookMethod: "GET",
    };
    const { config, kept } = adopt({ chat: make("chat:Service", { sid: sidOf("IS", 1), ...chat }) });
    expect(config["flex-messaging:chat"]).toEqual({
      friendlyName: "Flex Chat Service",
      webhookMethod: "GET",
      roles: {},
    });
    expect(kept).toEqual([
      expect.stringMatching(
        /^chat\.Service "Flex Chat Service" \(IS0+1\): preWebhookUrl \(it is http:.*use https/,
      ),
    ]);
  });

  test("but plain http is fine on this machine", () => {
    const chat = { friendlyName: "Flex Chat Service", preWebhookUrl: "http://127.0.0.1:9" };
    const { config } = adopt(
      { chat: make("chat:Service", { sid: sidOf("IS", 1), ...chat }) },
      "http://127.0.0.1:1",
    );
    expect(config["flex-messaging:chat"]).toMatchObject({ preWebhookUrl: "http://127.0.0.1:9" });
  });
});

describe("what several things are wrong with is left out like what one is", () => {
  const outer = { filters: [" a == 1", "b == 1 "].flatMap((expression) => filter(expression).filters) };
  const spaces =
    'Workflow Odd: " a == 1" begins or ends with white space; "b == 1 " begins or ends with white space';

  test.each<[string, Partial<FoundAccount>, string[]]>([
    ["a workflow", { workflows: [workflow(1, "Odd", { ...outer, ...toEveryone })] }, [spaces]],
    [
      "a second workflow",
      {
        workflows: [
          workflow(1, "Anyone", { filters: [], ...toEveryone }),
          workflow(2, "Odd", { ...outer, ...toEveryone }),
        ],
      },
      [spaces],
    ],
    [
      "a queue",
      { queues: [everyone, queue(2, " Late ", { targetWorkers: " a == 1 " })] },
      [
        'TaskQueue  Late : " Late " begins or ends with white space; " a == 1 " begins or ends with white space',
      ],
    ],
    [
      "a number's handler",
      {
        numbers: [
          phoneNumber(2, "+12025550102", {
            smsUrl: "http://a.example.com",
            smsFallbackUrl: "http://b.example.com",
            smsMethod: "POST",
            smsFallbackMethod: "POST",
          }),
        ],
        pool: [],
        flexFlows: [],
      },
      [expect.stringMatching(/use https.*; .*use https/) as unknown as string],
    ],
  ])("%s", (_, parts, expected) => {
    const adoption = adopt(parts);
    expect([adoption.form, adoption.obstacles]).toEqual(["configuration", []]);
    expect(reasons(adoption)).toEqual(expected);
  });

  test("a setting of the chat service", () => {
    const chat = { friendlyName: "Flex Chat Service", webhookFilters: [" onMessageSent", "onMemberAdded "] };
    const { form, config, kept } = adopt({ chat: make("chat:Service", { sid: sidOf("IS", 1), ...chat }) });
    expect([form, config["flex-messaging:chat"]]).toEqual([
      "configuration",
      { friendlyName: "Flex Chat Service", roles: {} },
    ]);
    expect(kept).toEqual([
      expect.stringMatching(/: webhookFilters \(" onMessageSent" begins.*; "onMemberAdded " begins/),
    ]);
  });
});

describe("a program of its own is needed", () => {
  test.each<[string, Partial<FoundAccount>, string]>([
    [
      "without a chat service",
      { chat: undefined },
      "the Flex Configuration names no chat service that is there",
    ],
    ["without Proxy", { proxy: undefined, pool: [] }, "no Proxy service is linked to chat.Service"],
    ["without the agent role", { roles: [] }, 'has no role "agent"'],
    [
      "with an agent role of fewer permissions",
      { roles: [role(1, "agent", ["sendMessage"])] },
      "does not have exactly the permissions that Flex needs",
    ],
    [
      "with two Studio flows of the same name",
      { flows: [studioFlow(1, "Messaging Flow"), studioFlow(2, "Messaging Flow")] },
      "others have the same name as studio.Flow",
    ],
    ["with a draft", { flows: [studioFlow(1, "Messaging Flow", { status: "draft" })] }, "is a draft"],
    [
      "without a Studio flow",
      { flows: [] },
      "no Flex Flow or Address sends conversations through a Studio flow",
    ],
    [
      "where new workers start in an activity that can't be declared",
      { activities: [activity(1, "Offline "), activity(2, "Available")] },
      "the workspace's defaultActivitySid is an activity that the configuration can't declare",
    ],
  ])("%s", (_, parts, obstacle) => {
    const { form, obstacles, config, configured, declared, definition } = adopt(parts);
    expect(form).toBe("program");
    expect(obstacles.join("\n")).toContain(obstacle);
    expect([config, configured, definition]).toEqual([{}, [], undefined]);
    expect(declared.length).toBeGreaterThan(10);
  });
});

test("what the provider would refuse is named with the reason, or stays without being declared", () => {
  const broken = workflow(2, "Broken", { filters: "none" });
  const task = flexFlow(2, "whatsapp:+12025550101", {
    channelType: "whatsapp",
    integrationType: "task",
    integration: {
      workspace_sid: workspaceSid,
      workflow_sid: sidOf("WW", 1),
      channel: "sms",
      flow_sid: sidOf("FW", 9),
    },
  });
  const { left, kept, declared } = adopt({
    workflows: [workflow(1, "Anyone", { filters: [], ...toEveryone }), broken],
    flexFlows: [flexFlow(1, "+12025550101"), task],
  });
  expect(left).toEqual([
    expect.stringMatching(/^taskrouter\.Workflow "Broken" \(.*\): configuration\.task_routing\.filters /),
  ]);
  expect(kept).toEqual([
    expect.stringMatching(/^flex\.FlexFlow "Messages to whatsapp.*: integration\.flowSid$/),
  ]);
  expect(declared.map(({ found }) => found.name)).toEqual(["Messages to whatsapp:+12025550101"]);
});

test("what is in the pool for nobody is declared there", () => {
  const { program } = adopt({ pool: [pooled(1, "+12025550101"), pooled(2, "+12025550102")] });
  expect(program).toContain(`  new twilio.proxy.PhoneNumber("pool-number-12025550102", {
    adopt: true,
    serviceSid: flex.proxy!.sid,
    phoneNumber: "+12025550102",
  });`);
});

describe("what holds credentials is not written down", () => {
  const secret = "https://user:hunter2@a.example.com/sms";
  const definition = {
    description: "",
    states: [{ name: "Call", type: "make-http-request", transitions: [], properties: { url: secret } }],
    initial_state: "Call",
    flags: {},
  };

  test.each<[string, Partial<FoundAccount>, string, string[]]>([
    [
      "a webhook stays as it is",
      { chat: make("chat:Service", { sid: sidOf("IS", 1), friendlyName: "Flex", postWebhookUrl: secret }) },
      "configuration",
      ["postWebhookUrl (it holds a URL with a password)"],
    ],
    [
      "a number is declared without its handler",
      { numbers: [phoneNumber(2, "+12025550102", { smsUrl: secret })], pool: [], flexFlows: [] },
      "configuration",
      ["smsUrl (it holds a URL with a password)"],
    ],
    [
      "a flow can't be declared",
      { flows: [studioFlow(1, "Messaging Flow"), studioFlow(2, "Other", { definition })] },
      "configuration",
      ["definition holds a URL with a password"],
    ],
    [
      "nor can the flow of all numbers, by components",
      { flows: [studioFlow(1, "Messaging Flow", { definition })] },
      "program",
      ["definition holds a URL with a password"],
    ],
    [
      "nor a workflow",
      { workflows: [workflow(1, "W", { filters: [], note: secret })] },
      "configuration",
      ["configuration holds a URL with a password"],
    ],
  ])("%s", (_, parts, form, told) => {
    const adoption = adopt(parts);
    expect(adoption.form).toBe(form);
    for (const line of told) expect([...adoption.left, ...adoption.kept].join("\n")).toContain(line);
    expect(
      JSON.stringify([adoption.config, adoption.program, adoption.definition, reasons(adoption)]),
    ).not.toContain("hunter2");
    expect(JSON.stringify([adoption.left, adoption.kept, adoption.obstacles])).not.toContain("hunter2");
  });
});

test("a program that does not read the configuration gets one of its own beside it", () => {
  const adoption = adoptionOf(account(), {
    stack: "prod",
    accountSid,
    endpoint: undefined,
    protect: false,
    readsConfiguration: false,
    definitionFile: "",
  });
  expect(adoption.form).toBe("program");
  expect(adoption.obstacles).toEqual(["the program of this project does not read flex-messaging:*"]);
  expect(adoption.program).not.toContain("protect");
});

import { describe, expect, test } from "@jest/globals";
import { recordProgram, type Declared } from "../../rehearsal/record-program.ts";
import { defineFlow } from "../messaging-flow/definition.ts";
import { sendMessage, trigger } from "../messaging-flow/steps.ts";
import type { FlexMessagingArgs } from "./args.ts";
import { FlexMessaging } from "./flex-messaging.ts";

const handler = {
  smsUrl: "https://handler.example.com/sms",
  smsFallbackUrl: "https://handler.example.com/fallback",
  chat: { postWebhookUrl: "https://handler.example.com/chat", webhookFilters: ["onMessageSent"] },
};

const args = (changes: Partial<FlexMessagingArgs> = {}): FlexMessagingArgs => ({
  routing: {
    taskChannels: { sms: { friendlyName: "SMS" } },
    queues: {
      everyone: { friendlyName: "Everyone" },
      billing: { friendlyName: "Billing", skill: "billing" },
    },
    workflows: { inbound: { friendlyName: "Inbound", defaultQueue: "everyone" } },
  },
  chat: { preWebhookUrl: "https://archive.example.com/chat", webhookFilters: ["onMessageSend"] },
  messagingFlow: { workflow: "inbound" },
  messageHandling: { kind: "flex", handler, numbers: { main: { phoneNumber: "+14155550142" } } },
  ...changes,
});

const declare = (changes?: Partial<FlexMessagingArgs>) =>
  recordProgram(() => new FlexMessaging("flex", args(changes)));

const custom = { kind: "custom" as const, handler, numbers: { main: { phoneNumber: "+14155550142" } } };

function inputsOf(declared: Declared[], name: string): Record<string, unknown> {
  const found = declared.find((resource) => resource.name === name);
  if (found === undefined)
    throw new Error(`${name} is not among ${declared.map((one) => one.name).join(", ")}`);
  return found.inputs;
}

const namesOf = (declared: Declared[], type: string) =>
  declared.filter((resource) => resource.type === type).map(({ name }) => name);

describe("kind flex", () => {
  test("wires number, Proxy pool, Flex Flow and Studio flow", async () => {
    const declared = await declare();
    expect(inputsOf(declared, "flex-number-main-flex-flow")).toEqual({
      adopt: true,
      deleteAdopted: true,
      friendlyName: "Messages to +14155550142",
      chatServiceSid: "sid of flex-chat-service",
      channelType: "sms",
      contactIdentity: "+14155550142",
      enabled: true,
      integrationType: "studio",
      integration: { flowSid: "sid of flex-messaging-flow" },
    });
    expect(inputsOf(declared, "flex-number-main-proxy-number")).toEqual({
      adopt: true,
      serviceSid: "sid of flex-proxy-service",
      phoneNumber: "+14155550142",
    });
    expect(inputsOf(declared, "flex-number-main-number")).toEqual({
      adopt: true,
      phoneNumber: "+14155550142",
      smsUrl:
        "https://webhooks.twilio.com/v1/Accounts/sid of the account/Proxy/sid of flex-proxy-service/Webhooks/Message",
      smsMethod: "POST",
      smsApplicationSid: "",
    });
  });

  test("completes what handles messages before the number points there", async () => {
    const order = (await declare())
      .map(({ name }) => name)
      .filter((name) => name.startsWith("flex-number-main-"));
    expect(order).toEqual([
      "flex-number-main-flex-flow",
      "flex-number-main-proxy-number",
      "flex-number-main-number",
    ]);
  });

  test("keeps the chat service's own webhooks", async () => {
    expect(inputsOf(await declare(), "flex-chat-service")).toEqual({
      adopt: true,
      friendlyName: "Flex Chat Service",
      preWebhookUrl: "https://archive.example.com/chat",
      webhookFilters: ["onMessageSend"],
    });
  });

  test("puts conversations straight into a workflow, or out to a URL", async () => {
    const numbers = { main: { phoneNumber: "+14155550142" } };
    const flow = async (integration: FlexMessagingArgs["messageHandling"]["integration"]) =>
      inputsOf(
        await declare({ messageHandling: { kind: "flex", numbers, integration } }),
        "flex-number-main-flex-flow",
      );
    expect(await flow({ type: "task", workflow: "inbound", taskChannel: "sms", priority: 3 })).toMatchObject({
      integrationType: "task",
      integration: {
        workspaceSid: "sid of flex-routing-workspace",
        workflowSid: "sid of flex-routing-workflow-inbound",
        channel: "sid of flex-routing-channel-sms",
        priority: 3,
      },
    });
    expect(await flow({ type: "external", url: "https://bot.example.com" })).toMatchObject({
      integrationType: "external",
      integration: { url: "https://bot.example.com" },
    });
  });

  test("a number to buy comes before the pool it enters", async () => {
    const numbers = { main: { phoneNumber: "+14155550142", buy: true } };
    const order = (await declare({ messageHandling: { kind: "flex", numbers } }))
      .map(({ name }) => name)
      .filter((name) => name.startsWith("flex-number-main-"));
    expect(order).toEqual([
      "flex-number-main-flex-flow",
      "flex-number-main-number",
      "flex-number-main-proxy-number",
    ]);
  });
});

describe("kind custom", () => {
  test("sends messages and chat events to the handler, with nothing of Flex in between", async () => {
    const declared = await declare({ messageHandling: custom });
    expect(inputsOf(declared, "flex-number-main-number")).toEqual({
      adopt: true,
      phoneNumber: "+14155550142",
      smsUrl: "https://handler.example.com/sms",
      smsFallbackUrl: "https://handler.example.com/fallback",
      smsMethod: "POST",
      smsApplicationSid: "",
    });
    expect(inputsOf(declared, "flex-chat-service")).toEqual({
      adopt: true,
      friendlyName: "Flex Chat Service",
      postWebhookUrl: "https://handler.example.com/chat",
      webhookFilters: ["onMessageSent"],
    });
    expect(namesOf(declared, "twilio:flex:FlexFlow")).toEqual([]);
    expect(namesOf(declared, "twilio:proxy:PhoneNumber")).toEqual([]);
  });

  test("can be the kind of single numbers", async () => {
    const numbers = {
      main: { phoneNumber: "+14155550142" },
      shop: { phoneNumber: "+12065550187", kind: "custom" as const },
    };
    const declared = await declare({ messageHandling: { kind: "flex", handler, numbers } });
    expect(namesOf(declared, "twilio:flex:FlexFlow")).toEqual(["flex-number-main-flex-flow"]);
    expect(inputsOf(declared, "flex-number-shop-number").smsUrl).toBe(handler.smsUrl);
    expect(inputsOf(declared, "flex-chat-service").postWebhookUrl).toBe(handler.chat.postWebhookUrl);
  });

  test("needs a handler", async () => {
    await expect(declare({ messageHandling: { ...custom, handler: undefined } })).rejects.toThrow(
      "The number +14155550142 of flex is of kind custom: set a handler.",
    );
  });
});

describe("kind conversations", () => {
  const web = { phoneNumber: "+13125550163", kind: "conversations" as const };
  const handle = (
    more: Partial<FlexMessagingArgs["messageHandling"]>,
    rest: Partial<FlexMessagingArgs> = {},
  ): Promise<Declared[]> =>
    declare({ messageHandling: { kind: "flex", numbers: { web }, ...more }, ...rest });

  test("opens conversations by an Address before the number's URL is emptied", async () => {
    const declared = await handle({});
    expect(inputsOf(declared, "flex-number-web-address")).toEqual({
      adopt: true,
      deleteAdopted: true,
      type: "sms",
      address: "+13125550163",
      friendlyName: "Messages to +13125550163",
      autoCreation: {
        enabled: true,
        type: "studio",
        conversationServiceSid: "sid of flex-chat-service",
        studioFlowSid: "sid of flex-messaging-flow",
      },
    });
    expect(inputsOf(declared, "flex-number-web-number")).toEqual({
      adopt: true,
      phoneNumber: "+13125550163",
      smsUrl: "",
      smsApplicationSid: "",
    });
    const order = declared
      .map(({ name }) => name)
      .filter((name) => /^flex-(number-web|conversations)-/.test(name));
    expect(order).toEqual([
      "flex-conversations-configuration",
      "flex-number-web-address",
      "flex-number-web-number",
    ]);
    expect(namesOf(declared, "twilio:flex:FlexFlow")).toEqual([]);
    expect(namesOf(declared, "twilio:proxy:PhoneNumber")).toEqual([]);
  });

  test("closes what nobody closes, in Flex's own service, unless told otherwise", async () => {
    const configuration = async (rest: Partial<FlexMessagingArgs>) =>
      inputsOf(await handle({}, rest), "flex-conversations-configuration");
    expect(await configuration({})).toEqual({
      defaultChatServiceSid: "sid of flex-chat-service",
      defaultClosedTimer: "P1D",
    });
    expect(
      await configuration({ conversations: { defaultInactiveTimer: "PT1H", defaultClosedTimer: "PT8H" } }),
    ).toEqual({
      defaultChatServiceSid: "sid of flex-chat-service",
      defaultInactiveTimer: "PT1H",
      defaultClosedTimer: "PT8H",
    });
    expect(namesOf(await declare(), "twilio:conversations:Configuration")).toEqual([]);
  });

  test("leaves the timer alone where none is wanted, and names an Address as it is called", async () => {
    const declared = await handle(
      { numbers: { web: { ...web, friendlyName: "Web", addressName: "" } } },
      { conversations: { defaultClosedTimer: "none" } },
    );
    expect(inputsOf(declared, "flex-conversations-configuration")).toEqual({
      defaultChatServiceSid: "sid of flex-chat-service",
    });
    expect(inputsOf(declared, "flex-number-web-address")["friendlyName"]).toBe("");
    const named = await handle({ numbers: { web: { ...web, friendlyName: "Web" } } });
    expect(inputsOf(named, "flex-number-web-address")["friendlyName"]).toBe("Web");
  });

  test("has webhooks and roles", async () => {
    const reader = { friendlyName: "reader", type: "conversation", permissions: ["leaveConversation"] };
    const declared = await handle(
      {},
      {
        conversations: {
          webhooks: { postWebhookUrl: "https://archive.example.com", filters: ["onMessageAdded"] },
          roles: { reader },
        },
      },
    );
    expect(inputsOf(declared, "flex-conversations-webhooks")).toEqual({
      serviceSid: "sid of flex-chat-service",
      postWebhookUrl: "https://archive.example.com",
      filters: ["onMessageAdded"],
    });
    expect(inputsOf(declared, "flex-conversations-role-reader")).toEqual({
      adopt: true,
      serviceSid: "sid of flex-chat-service",
      ...reader,
    });
    await expect(
      handle({}, { conversations: { roles: { mine: { ...reader, friendlyName: "agent" } } } }),
    ).rejects.toThrow('Role "mine" of flex-conversations is the agent role');
  });

  test("posts to a URL in place of the flow", async () => {
    const integration = {
      type: "webhook" as const,
      url: "https://bot.example.com",
      filters: ["onMessageAdded"],
    };
    const hooked = {
      enabled: true,
      type: "webhook",
      webhookUrl: "https://bot.example.com",
      webhookMethod: "post",
      webhookFilters: ["onMessageAdded"],
    };
    for (const declared of [
      await handle({ numbers: { web: { ...web, integration } } }),
      await handle({ integration }),
    ])
      expect(inputsOf(declared, "flex-number-web-address")["autoCreation"]).toMatchObject(hooked);
  });

  test("does not take an integration of another kind", async () => {
    const integration = { type: "external" as const, url: "https://bot.example.com" };
    await expect(handle({ numbers: { web: { ...web, integration } } })).rejects.toThrow(
      "The number +13125550163 of flex is of kind conversations, which has no integration of type external: use studio or webhook.",
    );
    // That of all numbers is for those that can have it.
    expect(inputsOf(await handle({ integration }), "flex-number-web-address")["autoCreation"]).toMatchObject({
      type: "studio",
    });
  });

  test("wants a flow that hears of conversations", async () => {
    const deaf = () =>
      defineFlow({ Trigger: trigger({ incomingMessage: "Hi" }), Hi: sendMessage({ body: "Hi" }) });
    await expect(handle({}, { messagingFlow: { definition: deaf } })).rejects.toThrow(
      "The flow of flex-messaging does nothing with messages of Flex Conversations: its trigger leads nowhere for incomingConversationMessage.",
    );
    const definition = () =>
      defineFlow({
        Trigger: trigger({ incomingMessage: "Hi", incomingConversationMessage: "Hi" }),
        Hi: sendMessage({ body: "Hi" }),
      });
    expect(namesOf(await handle({}, { messagingFlow: { definition } }), "twilio:studio:Flow")).toHaveLength(
      1,
    );
  });
});

describe("a stack on Flex Conversations alone", () => {
  const web = { phoneNumber: "+13125550163" };
  const alone: Partial<FlexMessagingArgs> = {
    chat: undefined,
    messageHandling: { kind: "conversations", numbers: { web } },
  };
  const agent = {
    adopt: true,
    serviceSid: "sid of flex-chat-service",
    friendlyName: "agent",
    type: "conversation",
    permissions: [
      "sendMessage",
      "sendMediaMessage",
      "leaveConversation",
      "editConversationAttributes",
      "editOwnMessage",
      "editOwnMessageAttributes",
      "deleteOwnMessage",
    ],
  };
  const typesOf = (declared: Declared[]) =>
    [...new Set(declared.map(({ type }) => type))].filter((type) =>
      /^twilio:(chat|proxy|conversations):/.test(type),
    );

  test("declares service and agent role through Conversations, and nothing of Chat and Proxy", async () => {
    const declared = await declare(alone);
    expect(typesOf(declared).sort()).toEqual([
      "twilio:conversations:Address",
      "twilio:conversations:Configuration",
      "twilio:conversations:Role",
      "twilio:conversations:Service",
    ]);
    expect(inputsOf(declared, "flex-chat-service")).toEqual({
      friendlyName: "Flex Chat Service",
      adopt: true,
    });
    expect(inputsOf(declared, "flex-chat-role-agent")).toEqual(agent);
    expect(inputsOf(declared, "flex-conversations-configuration")).toMatchObject({
      defaultChatServiceSid: "sid of flex-chat-service",
    });
  });

  test("names its service, and says who keeps track of who is online", async () => {
    const conversations = { service: { friendlyName: "Desk" }, reachabilityEnabled: true };
    const declared = await declare({ ...alone, conversations });
    expect(inputsOf(declared, "flex-chat-service")).toEqual({ friendlyName: "Desk", adopt: true });
    expect(inputsOf(declared, "flex-conversations-service")).toEqual({
      serviceSid: "sid of flex-chat-service",
      reachabilityEnabled: true,
    });
  });

  test.each<[string, Partial<FlexMessagingArgs>, string[]]>([
    ["chat is set", { ...alone, chat: {} }, ["twilio:chat:Service"]],
    ["proxy is set", { ...alone, proxy: {} }, ["twilio:conversations:Service", "twilio:proxy:Service"]],
    [
      "a number is of another kind",
      {
        chat: undefined,
        messageHandling: { kind: "conversations", handler, numbers: { web: { ...web, kind: "custom" } } },
      },
      ["twilio:chat:Service", "twilio:proxy:Service"],
    ],
    [
      "there is no number yet",
      { chat: undefined, messageHandling: { kind: "conversations", numbers: {} } },
      ["twilio:conversations:Service"],
    ],
    [
      "there is no number yet, and it is to be Flex's",
      { chat: undefined, messageHandling: { kind: "flex", numbers: {} } },
      ["twilio:chat:Service", "twilio:proxy:Service"],
    ],
  ])("services where %s", async (_, changes, types) => {
    const services = typesOf(await declare(changes)).filter((type) => type.endsWith(":Service"));
    expect(services.sort()).toEqual(types);
  });
});

test("what Flex made is taken over by the names Flex gives", async () => {
  const declared = await declare();
  expect(inputsOf(declared, "flex-routing-workspace")).toEqual({
    friendlyName: "Flex Task Assignment",
    adopt: true,
  });
  expect(inputsOf(declared, "flex-proxy-service")).toMatchObject({ uniqueName: "Flex", adopt: true });
  expect(inputsOf(declared, "flex-messaging-flow")).toMatchObject({
    friendlyName: "Messaging Flow",
    adopt: true,
  });
  expect(namesOf(declared, "twilio:taskrouter:Activity")).toEqual([
    "flex-routing-activity-Offline",
    "flex-routing-activity-Available",
    "flex-routing-activity-Unavailable",
  ]);
});

test("the agent role has exactly the permissions Flex needs, and can't be declared otherwise", async () => {
  expect(inputsOf(await declare(), "flex-chat-role-agent")).toEqual({
    adopt: true,
    serviceSid: "sid of flex-chat-service",
    friendlyName: "agent",
    type: "channel",
    permissions: [
      "sendMessage",
      "sendMediaMessage",
      "leaveChannel",
      "editChannelAttributes",
      "editOwnMessage",
      "editOwnMessageAttributes",
      "deleteOwnMessage",
    ],
  });
  const agents = { friendlyName: "agent", type: "channel", permissions: ["sendMessage"] };
  await expect(declare({ chat: { roles: { agents } } })).rejects.toThrow(
    'Role "agents" of flex-chat is the agent role',
  );
});

test("Flex's configuration points at what the stack has, and says nothing else", async () => {
  const declared = await declare({ flexConfiguration: { targetQueue: "billing" } });
  expect(inputsOf(declared, "flex-configuration")).toEqual({
    chatServiceInstanceSid: "sid of flex-chat-service",
    taskrouterWorkspaceSid: "sid of flex-routing-workspace",
    taskrouterTargetTaskqueueSid: "sid of flex-routing-queue-billing",
  });
});

test("the plugin reads what its stack has out of Flex's configuration", async () => {
  const taskChannels = { sms: { friendlyName: "SMS" }, custom1: { friendlyName: "Partners" } };
  const routing = { ...args().routing, taskChannels };
  const handlerUrl = "https://handler.example.com/flex";
  const plugin = {
    autoAccept: { taskChannels: ["sms"] },
    taskChannels: { custom1: { channelType: "custom" } },
    orchestration: { handlerUrl },
  };
  const declared = await declare({ routing, plugin, messageHandling: custom });
  expect(inputsOf(declared, "flex-configuration")).toEqual({
    chatServiceInstanceSid: "sid of flex-chat-service",
    taskrouterWorkspaceSid: "sid of flex-routing-workspace",
    attributes: {
      flexMessaging: {
        autoAccept: { taskChannels: ["sms"] },
        taskChannels: [{ name: "custom1", label: "Partners", channelType: "custom" }],
        orchestration: { kind: "custom", handlerUrl, tasks: "all" },
      },
    },
  });
  const numbers = {
    main: { phoneNumber: "+14155550142" },
    shop: { phoneNumber: "+12065550187", kind: "custom" as const },
  };
  const mixed = await declare({ routing, plugin, messageHandling: { kind: "flex", handler, numbers } });
  expect(inputsOf(mixed, "flex-configuration")).toMatchObject({
    attributes: { flexMessaging: { orchestration: { kind: "custom", handlerUrl, tasks: "custom" } } },
  });
});

test("a key that is not declared is named with those that are", async () => {
  await expect(declare({ messagingFlow: { workflow: "inbond" } })).rejects.toThrow(
    'There is no workflow "inbond" in flex-routing (declared: inbound).',
  );
});

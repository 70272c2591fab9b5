import { beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { typeErrors } from "../support/typeErrors.ts";
import { useProject, type TestProject } from "../support/useProject.ts";

// Accounts whose numbers are on Flex Conversations, set up by hand with the official SDK.

type Config = Record<string, Record<string, unknown>>;
const bot = "https://bot.example.com/conversations";

/** Which account, and nothing else. */
async function forget(project: TestProject): Promise<void> {
  const [endpoint = ""] = /twilio:endpoint: .*/.exec(await project.read("Pulumi.dev.yaml")) ?? [];
  const account = "twilio:accountSid: AC10ca1000000000000000000000000000\n  twilio:authToken: local-twilio";
  await project.write(
    "Pulumi.dev.yaml",
    `config:\n  ${account}\n  ${endpoint}\nencryptionsalt: v1:OaJrRUgUcJ4=:v1:9Pkyriwu0J2Rlfw/:ik4gSFdMSxFMgXQI3Rz16zDeQF+w0A==\n`,
  );
}

async function place({ client }: TestProject) {
  const { chatServiceInstanceSid } = await client.flexApi.v1.configuration().fetch();
  const flows = await client.studio.v2.flows.list();
  const numbers = await client.incomingPhoneNumbers.list();
  return {
    serviceSid: chatServiceInstanceSid,
    flowSid: flows.find(({ friendlyName }) => friendlyName === "Messaging Flow")!.sid,
    numberSid: (phoneNumber: string) => numbers.find((one) => one.phoneNumber === phoneNumber)!.sid,
  };
}

/** Has a flow do with messages of Flex Conversations what it does with those of Chat. */
async function wireForConversations(client: TestProject["client"], flowSid: string): Promise<void> {
  const flow = await client.studio.v2.flows(flowSid).fetch();
  const definition = structuredClone(flow.definition) as {
    states: { transitions: { event: string; next?: string }[] }[];
  };
  const on = definition.states[0]!.transitions;
  const next = on.find(({ event }) => event === "incomingMessage")?.next;
  definition.states[0]!.transitions = [
    ...on.filter(({ event }) => event !== "incomingConversationMessage"),
    { event: "incomingConversationMessage", ...(next !== undefined && { next }) },
  ];
  await client.studio.v2.flows(flowSid).update({ status: "published", definition });
}

/** Adopts what is there, and looks for anything that was, or would be, sent. */
function adopted(
  project: TestProject,
  expected: { words: RegExp[]; config: (config: Config) => void },
): void {
  let start = 0;
  const writes = () =>
    project.exchanges
      .slice(start)
      .filter(({ method, path }) => method !== "GET" && path !== "/v2/Flows/Validate")
      .map(({ method, path }) => `${method} ${path}`);

  test("is read, declared and recorded without a write", async () => {
    start = project.exchanges.length;
    const { code, stdout, stderr } = await project.flexStack("adopt", "--yes");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const words of expected.words) expect(stdout).toMatch(words);
    expect(writes()).toEqual([]);
    const { config } = parse(await project.read("Pulumi.dev.yaml")) as { config: Config };
    expected.config(config);
  });

  test("then differs in nothing, and an update writes nothing", async () => {
    const { code, stdout } = await project.flexStack("up", "--refresh", "--yes", "--no-policy");
    expect(stdout).toMatch(/Stack dev: no changes, \d+ unchanged/);
    expect(code).toBe(0);
    expect(writes()).toEqual([]);
  });
}

describe("an account on Flex Conversations alone", () => {
  const project = useProject(".", { seed: "flex-conversations" });

  beforeAll(async () => {
    await forget(project);
    const { client } = project;
    const { serviceSid, flowSid, numberSid } = await place(project);
    const opening = { "autoCreation.enabled": true, "autoCreation.conversationServiceSid": serviceSid };
    const { addressConfigurations } = client.conversations.v1;
    // As scripts make them: without a name.
    await addressConfigurations.create({
      type: "sms",
      address: "+14155550142",
      ...opening,
      "autoCreation.type": "studio",
      "autoCreation.studioFlowSid": flowSid,
    });
    await client.incomingPhoneNumbers(numberSid("+14155550142")).update({ friendlyName: "Main line" });
    await addressConfigurations.create({
      type: "sms",
      address: "+12065550187",
      friendlyName: "Bot",
      ...opening,
      "autoCreation.type": "webhook",
      "autoCreation.webhookUrl": bot,
      "autoCreation.webhookFilters": ["onMessageAdded"],
    });
    const inside = client.conversations.v1.services(serviceSid);
    await inside.roles.create({
      friendlyName: "auditor",
      type: "conversation",
      permission: ["leaveConversation"],
    });
    await inside.configuration().update({ reachabilityEnabled: true });
    await inside.configuration.webhooks().update({
      postWebhookUrl: "https://archive.example.com/conversations",
      method: "POST",
      filters: ["onConversationStateUpdated"],
    });
    await client.conversations.v1.configuration.webhooks().update({
      postWebhookUrl: "https://archive.example.com/account",
      method: "POST",
      filters: ["onMessageAdded"],
    });
    await client.conversations.v1.configuration().update({ defaultInactiveTimer: "PT8H" });
  }, 60_000);

  adopted(project, {
    words: [
      / 1 service of Conversations, .* 2 Addresses, /,
      /conversations\.Address "Flex Web Chat" \(IG\w+\): of web chats, which Flex makes/,
      /conversations\.ServiceConfiguration .*: .*defaultConversationRoleSid/,
    ],
    config: (config) => {
      expect(config).not.toHaveProperty(["flex-messaging:chat"]);
      expect(config).not.toHaveProperty(["flex-messaging:proxy"]);
      const { roles, ...settings } = config["flex-messaging:conversations"]!;
      expect(settings).toEqual({
        service: { friendlyName: "Flex Chat Service" },
        defaultInactiveTimer: "PT8H",
        defaultClosedTimer: "none",
        reachabilityEnabled: true,
        webhooks: {
          postWebhookUrl: "https://archive.example.com/conversations",
          method: "POST",
          filters: ["onConversationStateUpdated"],
        },
      });
      expect(roles).toMatchObject({
        auditor: { friendlyName: "auditor", type: "conversation", permissions: ["leaveConversation"] },
      });
      expect(config["flex-messaging:messageHandling"]).toEqual({
        kind: "conversations",
        numbers: {
          mainLine: { phoneNumber: "+14155550142", friendlyName: "Main line", addressName: "" },
          number12065550187: {
            phoneNumber: "+12065550187",
            friendlyName: expect.any(String) as unknown,
            addressName: "Bot",
            integration: { type: "webhook", url: bot, method: "POST", filters: ["onMessageAdded"] },
          },
        },
      });
    },
  });

  test("has the account's webhooks in a program part that compiles", async () => {
    const program = await project.read("adopted/dev/index.ts");
    expect(program).toContain("new twilio.conversations.ConfigurationWebhooks(");
    expect(typeErrors(program, new URL("../../adopted/dev/", import.meta.url).href)).toEqual([]);
  });
});

describe("an account with numbers of each kind", () => {
  const project = useProject(".");

  beforeAll(async () => {
    await forget(project);
    const { client } = project;
    const { serviceSid, flowSid, numberSid } = await place(project);
    const [proxy] = await client.proxy.v1.services.list();
    await client.proxy.v1.services(proxy!.sid).phoneNumbers.create({ sid: numberSid("+14155550142") });
    await client.flexApi.v1.flexFlow.create({
      chatServiceSid: serviceSid,
      friendlyName: "Messages to +14155550142",
      channelType: "sms",
      contactIdentity: "+14155550142",
      enabled: true,
      integrationType: "studio",
      "integration.flowSid": flowSid,
    });
    await wireForConversations(client, flowSid);
    await client.incomingPhoneNumbers(numberSid("+12065550187")).update({
      smsUrl: "https://parcels.example.com/sms",
    });
    await client.incomingPhoneNumbers(numberSid("+13125550163")).update({ smsUrl: "", friendlyName: "Web" });
    await client.conversations.v1.addressConfigurations.create({
      type: "sms",
      address: "+13125550163",
      friendlyName: "Web",
      "autoCreation.enabled": true,
      "autoCreation.type": "studio",
      "autoCreation.conversationServiceSid": serviceSid,
      "autoCreation.studioFlowSid": flowSid,
    });
    await client.conversations.v1.configuration().update({ defaultClosedTimer: "P1D" });
  }, 60_000);

  adopted(project, {
    words: [/ 1 chat service, .* 1 Proxy service, .* 1 Address, /],
    config: (config) => {
      expect(config["flex-messaging:conversations"]).toEqual({ defaultClosedTimer: "P1D" });
      expect(config["flex-messaging:messageHandling"]).toMatchObject({
        kind: "flex",
        numbers: {
          number14155550142: { phoneNumber: "+14155550142" },
          number12065550187: { phoneNumber: "+12065550187", kind: "custom" },
          web: { phoneNumber: "+13125550163", friendlyName: "Web", kind: "conversations" },
        },
      });
    },
  });
});

describe("an account whose numbers are on their way to Flex Conversations", () => {
  const project = useProject(".");

  beforeAll(async () => {
    await forget(project);
    const { client } = project;
    const { serviceSid, flowSid, numberSid } = await place(project);
    const [proxy] = await client.proxy.v1.services.list();
    await wireForConversations(client, flowSid);
    const stages = [
      { phoneNumber: "+14155550142", isCut: false, url: undefined },
      { phoneNumber: "+12065550187", isCut: true, url: undefined },
      { phoneNumber: "+13125550163", isCut: true, url: "https://bot.example.com/flex" },
    ];
    for (const { phoneNumber, isCut, url } of stages) {
      const sid = numberSid(phoneNumber);
      await client.proxy.v1.services(proxy!.sid).phoneNumbers.create({ sid });
      await client.flexApi.v1.flexFlow.create({
        chatServiceSid: serviceSid,
        friendlyName: `Messages to ${phoneNumber}`,
        channelType: "sms",
        contactIdentity: phoneNumber,
        enabled: !isCut,
        ...(url === undefined
          ? { integrationType: "studio", "integration.flowSid": flowSid }
          : { integrationType: "external", "integration.url": url }),
      });
      await client.conversations.v1.addressConfigurations.create({
        type: "sms",
        address: phoneNumber,
        friendlyName: "Line",
        "autoCreation.enabled": isCut,
        "autoCreation.type": "studio",
        "autoCreation.conversationServiceSid": serviceSid,
        "autoCreation.studioFlowSid": flowSid,
      });
      if (isCut) await client.incomingPhoneNumbers(sid).update({ smsUrl: "" });
    }
  }, 60_000);

  adopted(project, {
    words: [/ 4 Flex Flows, 3 Addresses, /],
    config: (config) => {
      expect(config["flex-messaging:messageHandling"]).toMatchObject({
        kind: "flex",
        integration: { type: "studio" },
        numbers: {
          number14155550142: { addressName: "Line", migration: { stage: "prepared" } },
          number12065550187: { kind: "conversations", addressName: "Line", migration: { stage: "cut" } },
          number13125550163: {
            kind: "conversations",
            migration: {
              stage: "cut",
              integration: { type: "external", url: "https://bot.example.com/flex" },
            },
          },
        },
      });
    },
  });
});

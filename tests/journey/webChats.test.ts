import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { Centre, number } from "./centre.ts";
import { FlexUi2 } from "./flexUi2.ts";

// A new Flex account with Conversations, as it is: web chats and texts get to an agent, by the flows that it has.

const local = useLocalTwilio({ seed: "flex-conversations" });
let centre: Centre;
let ann: FlexUi2;
const api = () => local.client.conversations.v1;
const webChats = () => local.client.flexApi.v2.webChannels;

beforeAll(async () => {
  centre = new Centre(local.client, local.emulator);
  ann = new FlexUi2(local, await centre.hire("ann"), "ann");
});

const addressSid = async () => (await api().addressConfigurations.list({ type: "chat" }))[0]?.sid ?? "";

test("a visitor's message gets to an agent, and the answer to the conversation", async () => {
  const { conversationSid, identity } = await webChats().create({
    addressSid: await addressSid(),
    customerFriendlyName: "Jane",
    chatFriendlyName: "With Jane",
    preEngagementData: '{"page":"cart"}',
  });
  const conversation = api().conversations(conversationSid);
  expect(await conversation.fetch()).toMatchObject({
    friendlyName: "With Jane",
    attributes: '{"pre_engagement_data":{"page":"cart"}}',
    state: "active",
  });
  expect(await ann.offers()).toEqual([]);
  const said = await local.own("POST", "/messages", { conversationSid, from: identity, body: "Hello" });
  expect(said.status).toBe(200);
  await local.advance(1);
  const offer = await ann.accept();
  expect(offer.attributes).toMatchObject({
    name: "Jane",
    channelType: "web",
    customerAddress: identity,
    conversationSid,
  });
  await ann.write(offer, "Good day");
  expect((await conversation.messages.list()).map(({ author, body }) => [author, body])).toEqual([
    [identity, "Hello"],
    ["ann", "Good day"],
  ]);
  await ann.complete(offer);
  expect((await conversation.fetch()).state).toBe("closed");
  const { sid } = said.body as { sid: string };
  expect((await centre.journey(sid)).filter(({ code }) => code !== null)).toEqual([]);
  const late = await local.own("POST", "/messages", { conversationSid, from: identity, body: "Hello?" });
  expect(late).toMatchObject({ status: 400, body: { code: 50377 } });
});

test("a text gets to an agent through the flow, whose widget says what it made", async () => {
  const flows = await local.client.studio.v2.flows.list();
  const flowSid = flows.find(({ friendlyName }) => friendlyName === "Messaging Flow")?.sid ?? "";
  await api().addressConfigurations.create({
    type: "sms",
    address: number,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flowSid,
  });
  await centre.text("+14155550170", number, "Hello");
  await local.advance(1);
  const offer = await ann.accept();
  expect(offer.attributes).toMatchObject({
    name: "+14155550170",
    customerName: "+14155550170",
    channelType: "sms",
    direction: "inbound",
  });
  const [execution] = await local.client.studio.v2.flows(flowSid).executions.list();
  const { context } = await local.client.studio.v2
    .flows(flowSid)
    .executions(execution?.sid ?? "")
    .executionContext()
    .fetch();
  const { widgets, trigger } = context as {
    widgets: Record<string, Record<string, unknown>>;
    trigger: Record<string, Record<string, unknown>>;
  };
  expect(widgets["SendMessageToAgent"]).toMatchObject({
    TaskSid: offer.taskSid,
    task_attributes: offer.attributes,
  });
  expect(trigger["message"]).toEqual(trigger["conversation"]);
  expect(trigger["conversation"]).toMatchObject({
    ConversationSid: offer.attributes.conversationSid,
    ChannelSid: offer.attributes.conversationSid,
    InstanceSid: (await api().configuration().fetch()).defaultChatServiceSid,
    MessageSid: expect.stringMatching(/^IM/),
    Body: "Hello",
    From: "+14155550170",
    Author: "+14155550170",
    Source: "SMS",
    Attributes: "{}",
    ChannelAttributes: {},
  });
  await ann.complete(offer);
});

test.each([
  ["chatFriendlyName", 257],
  ["preEngagementData", 16 * 1024],
  ["identity", 257],
])("a web chat whose %s has %i characters is refused, and nothing is made", async (name, length) => {
  const conversations = async () => (await api().conversations.list()).length;
  const before = await conversations();
  await expect(
    webChats().create({ addressSid: await addressSid(), [name]: "x".repeat(length) }),
  ).rejects.toMatchObject({ status: 400, code: 20001 });
  expect(await conversations()).toBe(before);
});

test.each([
  ["is not there", async () => `IG${"0".repeat(32)}`, 404, 20404],
  [
    "is a number's",
    async () => (await api().addressConfigurations.list({ type: "sms" }))[0]?.sid ?? "",
    400,
    45762,
  ],
  [
    "is not enabled",
    async () => {
      const sid = await addressSid();
      await api().addressConfigurations(sid).update({ "autoCreation.enabled": false });
      return sid;
    },
    400,
    45761,
  ],
] as const)("an address that %s opens no web chat", async (_what, sid, status, code) => {
  await expect(webChats().create({ addressSid: await sid() })).rejects.toMatchObject({ status, code });
});

import { beforeAll, describe, expect, test } from "@jest/globals";
import { useReceiver } from "../support/receiver.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { Centre, number } from "./centre.ts";

// Texts in Conversations (classic): who gets them, what flows and webhooks hear, what goes back to the phone.

const local = useLocalTwilio();
const receiver = useReceiver();
let centre: Centre;
let customers = 0;
const customer = () => `+1628555${String(1000 + ++customers)}`;
const api = () => local.client.conversations.v1;
const at = (path: string) => receiver.received.filter((one) => one.path === path).map(({ form }) => form);

beforeAll(async () => {
  centre = new Centre(local.client, local.emulator);
  const [ours] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
  await local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: "" });
});

const state = (name: string, type: string, transitions: Record<string, string>, properties: object = {}) => ({
  name,
  type,
  transitions: Object.entries(transitions).map(([event, next]) => ({ event, next })),
  properties: { offset: { x: 0, y: 0 }, ...properties },
});

/** Publishes a flow that asks who it is, and then hands over; its trigger is wired for one event. */
async function publish(event: string): Promise<string> {
  const workspace = await centre.workspace();
  const [workflow] = await workspace.workflows.list();
  const talks = {
    channel: "{{trigger.conversation.ChannelSid}}",
    service: "{{trigger.conversation.InstanceSid}}",
  };
  const from = "{{flow.channel.address}}";
  const { sid } = await local.client.studio.v2.flows.create({
    friendlyName: "Flow",
    status: "published",
    definition: {
      description: "test",
      states: [
        state("Trigger", "trigger", { [event]: "Ask" }),
        state(
          "Ask",
          "send-and-wait-for-reply",
          { incomingMessage: "Hand" },
          { ...talks, from, body: "You wrote {{trigger.message.Body}}. Who are you?", timeout: "3600" },
        ),
        state(
          "Hand",
          "send-to-flex",
          {},
          {
            workflow: workflow?.sid,
            channel: "sms",
            attributes:
              '{"conversationSid": "{{trigger.conversation.ConversationSid}}", "name": "{{widgets.Ask.inbound.Body}}"}',
          },
        ),
      ],
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
    },
  });
  return sid;
}

/** Sets the number up anew. */
async function setUp(options: object): Promise<void> {
  for (const { sid } of await api().addressConfigurations.list())
    await api().addressConfigurations(sid).remove();
  await api().addressConfigurations.create({ type: "sms", address: number, ...options });
}

/** The conversations that somebody is in, oldest first. */
const conversationsOf = (address: string) => api().participantConversations.list({ address });
const textsTo = async (to: string) =>
  (await local.client.messages.list({ to })).map(({ body }) => body).reverse();
const codes = async (sid: string) =>
  (await centre.journey(sid)).filter(({ code }) => code !== null).map(({ text }) => text);

test("an address opens a conversation, with who wrote and what", async () => {
  await setUp({ "autoCreation.type": "default" });
  const who = customer();
  const sid = await centre.text(who, number, "Hello", ["https://example.com/cat.png"]);
  const [found] = await conversationsOf(who);
  expect(found).toMatchObject({
    conversationState: "active",
    participantMessagingBinding: { type: "sms", address: who, proxy_address: number },
  });
  const conversation = api().conversations(found?.conversationSid ?? "");
  const [message] = await conversation.messages.list();
  expect(message).toMatchObject({
    author: who,
    body: "Hello",
    participantSid: found?.participantSid,
    attributes: '{"media":["https://example.com/cat.png"]}',
    delivery: null,
  });
  expect(await conversation.webhooks.list()).toEqual([]);
  // No SmsUrl is no problem: the conversation has the message.
  expect(await codes(sid)).toEqual([]);
  const [address] = await api().addressConfigurations.list();
  expect((await centre.journey(sid)).map(({ text }) => text)).toEqual([
    `Message received on ${number}`,
    `Conversation opened by address ${address?.sid}`,
    `Message put into conversation ${found?.conversationSid}`,
  ]);
  await centre.text(who, number, "Anybody?");
  expect(await conversationsOf(who)).toHaveLength(1);
  expect((await conversation.messages.list()).map(({ body }) => body)).toEqual(["Hello", "Anybody?"]);
});

test("who holds a pair gets its messages without an address; a closed conversation does not", async () => {
  const who = customer();
  await setUp({ "autoCreation.type": "default" });
  await centre.text(who, number, "One");
  await setUp({ "autoCreation.enabled": false });
  await centre.text(who, number, "Two");
  const [found] = await conversationsOf(who);
  const conversation = api().conversations(found?.conversationSid ?? "");
  expect(await conversation.messages.list()).toHaveLength(2);
  await conversation.update({ state: "inactive" });
  await centre.text(who, number, "Three");
  expect((await conversation.fetch()).state).toBe("active");
  await conversation.update({ state: "closed" });
  const lost = await centre.text(who, number, "Four");
  expect(await conversation.messages.list()).toHaveLength(3);
  expect(await codes(lost)).toEqual([`${number} has no SmsUrl: nobody gets the message`]);
  await setUp({ "autoCreation.type": "default" });
  await centre.text(who, number, "Five");
  expect((await conversationsOf(who)).map(({ conversationState }) => conversationState)).toEqual([
    "closed",
    "active",
  ]);
});

test("what is said goes to the phone of all but its author, and is followed there", async () => {
  await setUp({ "autoCreation.type": "default" });
  const [who, other] = [customer(), customer()];
  await centre.text(who, number, "Hello");
  const [found] = await conversationsOf(who);
  const conversation = api().conversations(found?.conversationSid ?? "");
  await conversation.participants.create({ identity: "ann" });
  await conversation.participants.create({
    "messagingBinding.address": other,
    "messagingBinding.proxyAddress": "+12065550187",
  });
  const { sid } = await conversation.messages.create({ author: "ann", body: "Good day" });
  expect(await textsTo(who)).toEqual(["Good day"]);
  const [text] = await local.client.messages.list({ to: other });
  expect(text).toMatchObject({ from: "+12065550187", body: "Good day", direction: "outbound-api" });
  await local.advance(1);
  expect((await conversation.messages(sid).fetch()).delivery).toEqual({
    total: 2,
    sent: "all",
    delivered: "all",
    read: "none",
    failed: "none",
    undelivered: "none",
  });
  const receipts = await conversation.messages(sid).deliveryReceipts.list();
  expect(receipts.map((receipt) => [receipt.status, receipt.errorCode])).toEqual([
    ["delivered", 0],
    ["delivered", 0],
  ]);
  expect(receipts.map((receipt) => receipt.channelMessageSid)).toContain(text?.sid);
  // What a customer says reaches the other one, and not themselves.
  await centre.text(who, number, "Both of you?");
  expect(await textsTo(who)).toEqual(["Good day"]);
  expect(await textsTo(other)).toEqual(["Good day", "Both of you?"]);
  await centre.text(other, "+12065550187", "STOP");
  const refused = await conversation.messages.create({ author: "ann", body: "Sorry" });
  expect((await conversation.messages(refused.sid).fetch()).delivery).toMatchObject({ failed: "some" });
});

test("nothing goes out from a number that was released since, and the receipt says so", async () => {
  const released = "+12025550143";
  const { sid: numberSid } = await local.client.incomingPhoneNumbers.create({ phoneNumber: released });
  const who = customer();
  const { sid: conversationSid } = await api().conversations.create({});
  const conversation = api().conversations(conversationSid);
  await conversation.participants.create({
    "messagingBinding.address": who,
    "messagingBinding.proxyAddress": released,
  });
  await local.client.incomingPhoneNumbers(numberSid).remove();
  const { sid } = await conversation.messages.create({ author: "ann", body: "Good day" });
  await local.advance(1);
  const receipts = await conversation.messages(sid).deliveryReceipts.list();
  expect(receipts.map((receipt) => [receipt.status, receipt.errorCode])).toEqual([["failed", 21606]]);
});

test("a flow answers in the conversation, hears the reply, and hands over to an agent", async () => {
  const flowSid = await publish("incomingConversationMessage");
  await setUp({ "autoCreation.type": "studio", "autoCreation.studioFlowSid": flowSid });
  const who = customer();
  await centre.text(who, number, "Help");
  const [found] = await conversationsOf(who);
  const conversationSid = found?.conversationSid ?? "";
  expect(await textsTo(who)).toEqual(["You wrote Help. Who are you?"]);
  expect(await api().conversations(conversationSid).webhooks.list()).toHaveLength(1);
  const [execution] = await local.client.studio.v2.flows(flowSid).executions.list();
  const [help] = await api().conversations(conversationSid).messages.list();
  expect(execution).toMatchObject({
    status: "active",
    contactChannelAddress: who,
    initiatedBy: help?.sid,
  });
  const sid = await centre.text(who, number, "Jane");
  const tasks = await (await centre.workspace()).tasks.list();
  expect(tasks.map(({ attributes }) => JSON.parse(attributes) as unknown)).toContainEqual(
    expect.objectContaining({
      conversationSid,
      name: "Jane",
      customerName: "Jane",
      customerAddress: who,
      channelType: "sms",
      direction: "inbound",
      flexInteractionSid: expect.stringMatching(/^KD/),
      flexInteractionChannelSid: expect.stringMatching(/^UO/),
      flexChannelInviteSid: expect.stringMatching(/^KG/),
    }),
  );
  // From now on it is the agent's: the flow hears no more, and Chat's way of saying so is not used.
  expect(await api().conversations(conversationSid).webhooks.list()).toEqual([]);
  expect((await api().conversations(conversationSid).fetch()).attributes).toBe("{}");
  await centre.text(who, number, "Still there?");
  expect(await textsTo(who)).toHaveLength(1);
  expect(await codes(sid)).toEqual([]);
});

test("what a flow says in a conversation is no longer than Conversations takes, and its widget fails else", async () => {
  const flowSid = await publish("incomingConversationMessage");
  await setUp({ "autoCreation.type": "studio", "autoCreation.studioFlowSid": flowSid });
  const who = customer();
  // The flow repeats it, with 24 characters of its own.
  const sid = await centre.text(who, number, "x".repeat(1590));
  expect((await codes(sid)).at(-1)).toBe(
    "Studio execution ended at Ask: its message was not sent (20001: Body is 1614 characters long; at most 1600 are allowed)",
  );
  expect(await textsTo(who)).toEqual([]);
});

test("a flow whose trigger is not wired for conversations does nothing, and the journal says so", async () => {
  const flowSid = await publish("incomingMessage");
  await setUp({ "autoCreation.type": "studio", "autoCreation.studioFlowSid": flowSid });
  const sid = await centre.text(customer(), number, "Help");
  expect(await codes(sid)).toEqual([
    `Studio flow ${flowSid} does nothing: its trigger has no transition for incomingConversationMessage`,
  ]);
  expect(await local.client.studio.v2.flows(flowSid).executions.list()).toEqual([]);
});

test("a flow or a service that is gone is told of", async () => {
  const gone = await api().services.create({ friendlyName: "Gone" });
  await setUp({ "autoCreation.conversationServiceSid": gone.sid });
  await api().services(gone.sid).remove();
  const sid = await centre.text(customer(), number, "Hello");
  expect(await codes(sid)).toEqual([
    expect.stringMatching(
      /^No conversation was opened: service IS\w{32} of address IG\w{32} does not exist$/,
    ),
  ]);
});

test("webhooks hear in order of what the address opened, and of what programs do only when asked", async () => {
  const hook = `${receiver.url}/scoped`;
  await setUp({
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": hook,
    "autoCreation.webhookFilters": [
      "onParticipantAdded",
      "onMessageAdded",
      "onConversationStateUpdated",
      "onDeliveryUpdated",
    ],
  });
  const serviceSid = (await api().configuration().fetch()).defaultChatServiceSid;
  await api()
    .services(serviceSid)
    .configuration.webhooks()
    .update({
      postWebhookUrl: `${receiver.url}/service`,
      filters: ["onConversationAdded", "onMessageAdded"],
    });
  await api()
    .configuration.webhooks()
    .update({ postWebhookUrl: `${receiver.url}/account`, filters: ["onConversationRemoved"] });
  const who = customer();
  const sid = await centre.text(who, number, "Hello");
  await centre.journey(sid);
  const [found] = await conversationsOf(who);
  const conversation = api().conversations(found?.conversationSid ?? "");
  expect(at("/service").map((form) => form["EventType"])).toEqual(["onConversationAdded", "onMessageAdded"]);
  expect(at("/scoped").map((form) => form["EventType"])).toEqual(["onParticipantAdded", "onMessageAdded"]);
  expect(at("/scoped")[0]).toMatchObject({
    "MessagingBinding.Address": who,
    "MessagingBinding.ProxyAddress": number,
    "MessagingBinding.Type": "sms",
  });
  expect(at("/scoped")[1]).toMatchObject({
    AccountSid: local.emulator.accountSid,
    ChatServiceSid: serviceSid,
    ConversationSid: found?.conversationSid,
    ParticipantSid: found?.participantSid,
    Author: who,
    Body: "Hello",
    Index: "0",
    Source: "SMS",
    WebhookType: "webhook",
  });
  await conversation.messages.create({ author: "system", body: "Silent" });
  await conversation.messages.create({ author: "system", body: "Told", xTwilioWebhookEnabled: "true" });
  await conversation.update({ state: "closed", xTwilioWebhookEnabled: "true" });
  await conversation.remove({ xTwilioWebhookEnabled: "true" });
  await local.advance(0);
  const told = at("/scoped").slice(2);
  expect(told.filter((form) => form["Body"] !== undefined).map((form) => form["Body"])).toEqual(["Told"]);
  expect(told.find((form) => form["EventType"] === "onConversationStateUpdated")).toMatchObject({
    StateFrom: "active",
    StateTo: "closed",
  });
  expect(at("/account").map((form) => form["EventType"])).toEqual(["onConversationRemoved"]);
});

test.each([
  ["lets it pass", { status: 200, text: "" }, "active"],
  ["rejects it, and the text gets into no conversation", { status: 403, text: "" }, undefined],
  ["fails, and does not hold it up", { status: 500, text: "" }, "active"],
] as const)("a pre-webhook is asked before a conversation is opened: it %s", async (_what, answer, state) => {
  await setUp({ "autoCreation.type": "default" });
  const serviceSid = (await api().configuration().fetch()).defaultChatServiceSid;
  const webhooks = api().services(serviceSid).configuration.webhooks();
  await webhooks.update({ preWebhookUrl: `${receiver.url}/pre`, filters: ["onConversationAdd"] });
  receiver.answer = () => answer;
  const who = customer();
  const sid = await centre.text(who, number, "May I?");
  const said = await codes(sid);
  await webhooks.update({ preWebhookUrl: "", filters: [] });
  expect(at("/pre")).toHaveLength(1);
  expect(at("/pre")[0]).toMatchObject({
    EventType: "onConversationAdd",
    ChatServiceSid: serviceSid,
    "MessagingBinding.Address": who,
    MessageBody: "May I?",
  });
  expect((await conversationsOf(who)).map(({ conversationState }) => conversationState)).toEqual(
    state === undefined ? [] : [state],
  );
  const url = `${receiver.url}/pre`;
  const problems = {
    200: [],
    403: [`Pre-webhook ${url} answered 403 to onConversationAdd: the message gets into no conversation`],
    500: [`Pre-webhook ${url} gave no answer in time (500): the conversation is opened`],
  };
  expect(said).toEqual(problems[answer.status]);
});

test("texts that come in while the pre-webhook is asked get into one conversation", async () => {
  await setUp({ "autoCreation.type": "default" });
  const serviceSid = (await api().configuration().fetch()).defaultChatServiceSid;
  const webhooks = api().services(serviceSid).configuration.webhooks();
  await webhooks.update({ preWebhookUrl: `${receiver.url}/pre`, filters: ["onConversationAdd"] });
  const who = customer();
  const sids = [];
  for (const body of ["One", "Two", "Three"]) sids.push(await centre.text(who, number, body));
  for (const sid of sids) await centre.journey(sid);
  await webhooks.update({ preWebhookUrl: "", filters: [] });
  const found = await conversationsOf(who);
  expect(found).toHaveLength(1);
  const said = await api()
    .conversations(found[0]?.conversationSid ?? "")
    .messages.list();
  expect(said.map(({ body }) => body).sort()).toEqual(["One", "Three", "Two"]);
});

test.each([
  [
    "address",
    (sid: string) => api().addressConfigurations(sid).remove(),
    /address IG\w{32} was deleted while/,
  ],
  [
    "service",
    async (_: string, serviceSid: string) => api().services(serviceSid).remove(),
    /service IS\w{32} of address IG\w{32} does not exist/,
  ],
] as const)("a text whose %s goes while the pre-webhook is asked is told of", async (_what, remove, said) => {
  const { sid: serviceSid } = await api().services.create({ friendlyName: "Gone" });
  await setUp({ "autoCreation.conversationServiceSid": serviceSid });
  const [address] = await api().addressConfigurations.list();
  const webhooks = api().services(serviceSid).configuration.webhooks();
  await webhooks.update({ preWebhookUrl: `${receiver.url}/pre`, filters: ["onConversationAdd"] });
  let answer: (() => void) | undefined;
  receiver.answer = async () => {
    await new Promise<void>((resolve) => (answer = resolve));
    return { status: 200, text: "" };
  };
  const sid = await centre.text(customer(), number, "May I?");
  while (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  await remove(address?.sid ?? "", serviceSid);
  answer();
  expect((await codes(sid)).at(-1)).toMatch(said);
});

test("a flow that comes later answers what was said", async () => {
  const flowSid = await publish("incomingConversationMessage");
  const who = customer();
  const conversation = api().conversations((await api().conversations.create({})).sid);
  await conversation.participants.create({
    "messagingBinding.address": who,
    "messagingBinding.proxyAddress": number,
  });
  await conversation.messages.create({ author: who, body: "Help" });
  await conversation.webhooks.create({
    target: "studio",
    "configuration.flowSid": flowSid,
    "configuration.replayAfter": 0,
  });
  expect(await textsTo(who)).toEqual(["You wrote Help. Who are you?"]);
  expect(await local.client.studio.v2.flows(flowSid).executions.list()).toHaveLength(1);
});

test("the number's own URL gets the message, too", async () => {
  await setUp({ "autoCreation.type": "default" });
  const [ours] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
  const set = (smsUrl: string) => local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl });
  await set(`${receiver.url}/number`);
  const sid = await centre.text(customer(), number, "Twice");
  await centre.journey(sid);
  await set("");
  expect(at("/number").map((form) => form["Body"])).toEqual(["Twice"]);
});

describe("a Messaging Service that opens conversations by itself", () => {
  const autocreate = (sid: string, autocreate: unknown) =>
    centre.http.send({
      method: "POST",
      url: `/_emulator/messaging-services/${sid}`,
      json: { autocreate },
    });

  test("takes the texts of its senders from their URL; the Address says what becomes of them", async () => {
    const [ours] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
    await local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: `${receiver.url}/number` });
    const { sid } = await local.client.messaging.v1.services.create({ friendlyName: "Autocreate" });
    await autocreate(sid, true);
    const senders = local.client.messaging.v1.services(sid).phoneNumbers;
    const write = async (body: string) => {
      const who = customer();
      await centre.journey(await centre.text(who, number, body));
      return who;
    };
    await setUp({ "autoCreation.type": "webhook", "autoCreation.webhookUrl": `${receiver.url}/address` });
    const heard = async (who: string) => {
      const [row] = await conversationsOf(who);
      const hooks = row && (await api().conversations(row.conversationSid).webhooks.list());
      return hooks?.length;
    };

    await senders.create({ phoneNumberSid: ours?.sid ?? "" });
    const [byAddress] = [await write("By the Address")];
    expect(await heard(byAddress)).toBe(1);
    for (const { sid: addressSid } of await api().addressConfigurations.list())
      await api().addressConfigurations(addressSid).update({ "autoCreation.enabled": false });
    const byService = await write("By nobody");
    expect(await heard(byService)).toBe(0);
    await autocreate(sid, false);
    await local.client.messaging.v1.services(sid).update({ useInboundWebhookOnNumber: true });
    await write("To the URL");
    expect(at("/number").map((form) => form["Body"])).toEqual(["To the URL"]);
    await senders(ours?.sid ?? "").remove();
    await local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: "" });
  });

  test.each([
    ["MG00000000000000000000000000000000", true, 404],
    ["nonsense", true, 404],
    ["MG00000000000000000000000000000000", "yes", 400],
  ])("%s set to %j is refused", async (sid, value, status) => {
    await expect(autocreate(sid, value)).rejects.toMatchObject({ status });
  });
});

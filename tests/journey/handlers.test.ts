import { beforeAll, expect, test } from "@jest/globals";
import { useReceiver } from "../support/receiver.ts";
import { number, useCentre } from "./centre.ts";

// Messages and chat events that go to URLs: of a messaging service, of a Flex Flow, of channel webhooks, of a flow's number.

const setting = useCentre();
const receiver = useReceiver();
const other = "+12065550187";
const customer = "+14155550180";
const client = () => setting.local.client;
const at = (path: string) => receiver.received.filter((one) => one.path === path).map(({ form }) => form);
let otherSid = "";

beforeAll(async () => {
  const [found] = await client().incomingPhoneNumbers.list({ phoneNumber: other });
  otherSid = found?.sid ?? "";
});

const text = async (to: string, body: string) => {
  const sid = await setting.centre.text(customer, to, body);
  return { sid, journey: await setting.centre.journey(sid) };
};

test("a messaging service gets the messages of its numbers, unless it leaves them to the number", async () => {
  const { services } = client().messaging.v1;
  const { sid } = await services.create({
    friendlyName: "Texts",
    inboundRequestUrl: `${receiver.url}/service`,
  });
  await services(sid).phoneNumbers.create({ phoneNumberSid: otherSid });
  await client()
    .incomingPhoneNumbers(otherSid)
    .update({ smsUrl: `${receiver.url}/number` });
  const message = await text(other, "One");
  expect(at("/service").map((form) => [form["Body"], form["MessagingServiceSid"]])).toEqual([["One", sid]]);
  expect(await client().messages(message.sid).fetch()).toMatchObject({ messagingServiceSid: sid });
  await services(sid).update({ useInboundWebhookOnNumber: true });
  await text(other, "Two");
  expect(at("/number").map((form) => form["Body"])).toEqual(["Two"]);
  await services(sid).update({ useInboundWebhookOnNumber: false, inboundRequestUrl: "" });
  const { journey } = await text(other, "Three");
  expect(journey.at(-1)).toMatchObject({
    code: 0,
    text: `Messaging Service ${sid} has no InboundRequestUrl: nobody gets the message`,
  });
  await services(sid).remove();
});

test("a number whose URL is a flow's runs it, with answers to the phone", async () => {
  const state = (name: string, type: string, transitions: object[], properties: object) => ({
    name,
    type,
    transitions,
    properties: { offset: { x: 0, y: 0 }, ...properties },
  });
  const from = "{{flow.channel.address}}";
  const definition = {
    states: [
      state("Trigger", "trigger", [{ event: "incomingMessage", next: "Ask" }], {}),
      state(
        "Ask",
        "send-and-wait-for-reply",
        [{ event: "incomingMessage", next: "Thank" }, { event: "timeout" }, { event: "deliveryFailure" }],
        { from, body: "Your name?", timeout: "60" },
      ),
      state("Thank", "send-message", [{ event: "sent" }, { event: "failed" }], {
        from,
        to: "{{contact.channel.address}}",
        body: "Thank you, {{widgets.Ask.inbound.Body}}",
      }),
    ],
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: false },
  };
  const flow = await client().studio.v2.flows.create({
    friendlyName: "Ask",
    status: "published",
    definition,
  });
  await client().incomingPhoneNumbers(otherSid).update({ smsUrl: flow.webhookUrl });
  const { journey } = await text(other, "Hi");
  expect(
    journey.map(({ text: said }) => said.replaceAll(/[A-Z]{2}\w{32}/g, "…").replace(/until .*/, "until …")),
  ).toEqual([
    `Message received on ${other}`,
    "Message handed to Studio flow …",
    "Studio execution started",
    "Ask waits for a reply until …",
  ]);
  await text(other, "Ann");
  const sent = await client().messages.list({ to: customer, from: other });
  expect(sent.map(({ body }) => body)).toEqual(["Thank you, Ann", "Your name?"]);
  const [execution] = await client().studio.v2.flows(flow.sid).executions.list();
  expect(execution).toMatchObject({ status: "ended", contactChannelAddress: customer });
});

test("a Flex Flow with integration external hands the conversation to a URL", async () => {
  const [flow] = await client().flexApi.v1.flexFlow.list({ friendlyName: "Texts" });
  await client()
    .flexApi.v1.flexFlow(flow?.sid ?? "")
    .update({ integrationType: "external", "integration.url": `${receiver.url}/external` });
  const { journey } = await text(number, "Hello");
  const channelSid = journey.find(({ sid }) => sid?.startsWith("CH"))?.sid;
  expect(at("/external")).toEqual([
    expect.objectContaining({
      EventType: "onMessageSent",
      ChannelSid: channelSid,
      From: customer,
      Body: "Hello",
      WebhookType: "webhook",
    }),
  ]);
});

test("webhooks of a channel: what they filter, what triggers them, and what fails", async () => {
  const [service] = await client().chat.v2.services.list();
  const { channels } = client().chat.v2.services(service?.sid ?? "");
  const { sid } = await channels.create({ friendlyName: "Watched" });
  const { webhooks, messages, members } = channels(sid);
  const hook = (path: string) => ({ "configuration.url": `${receiver.url}${path}` });
  await webhooks.create({ type: "webhook", ...hook("/members"), "configuration.filters": ["onMemberAdded"] });
  await webhooks.create({ type: "trigger", ...hook("/help"), "configuration.triggers": ["help"] });
  await webhooks.create({
    type: "webhook",
    ...hook("/broken"),
    "configuration.filters": ["onChannelUpdated"],
    "configuration.retryCount": 2,
  });
  receiver.answer = ({ path }) => ({ status: path === "/broken" ? 503 : 204 });
  const announced = { xTwilioWebhookEnabled: "true" } as const;
  await members.create({ identity: "ann", ...announced });
  await messages.create({ from: "ann", body: "Please HELP me", ...announced });
  await messages.create({ from: "ann", body: "Never mind", ...announced });
  await channels(sid).update({ friendlyName: "Renamed", ...announced });
  const told = await setting.centre.journey(sid);
  expect(at("/members").map((form) => [form["EventType"], form["Identity"]])).toEqual([
    ["onMemberAdded", "ann"],
  ]);
  expect(at("/help").map((form) => form["Body"])).toEqual(["Please HELP me"]);
  expect(at("/broken")).toHaveLength(3);
  expect(told).toMatchObject([
    {
      stage: "webhook",
      code: 11200,
      text: `Webhook ${receiver.url}/broken failed for onChannelUpdated: it answered 503`,
    },
  ]);
});

test("an intercept callback is asked about every message, and blocks with 403", async () => {
  const [service] = await client().proxy.v1.services.list();
  const proxy = client().proxy.v1.services(service?.sid ?? "");
  await proxy.update({ interceptCallbackUrl: `${receiver.url}/intercept` });
  receiver.answer = ({ form }) => ({
    status: form["interactionData"]?.includes("secret") === true ? 403 : 200,
  });
  const blocked = await text(number, "My secret is 42");
  const passed = await text(number, "Nothing special");
  await proxy.update({ interceptCallbackUrl: "" });
  expect(at("/intercept").map((form) => form["inboundResourceSid"])).toEqual([blocked.sid, passed.sid]);
  expect(blocked.journey.at(-1)).toMatchObject({
    stage: "proxy",
    code: 0,
    text: `${receiver.url}/intercept answered 403: the message is not passed on`,
  });
  const bodies = passed.journey.filter(({ text: said }) => said.startsWith("Message put into chat channel"));
  expect(bodies).toHaveLength(1);
});

test("status callbacks tell of each status", async () => {
  const sent = await client().messages.create({
    from: number,
    to: customer,
    body: "Hello",
    statusCallback: `${receiver.url}/status`,
  });
  await setting.centre.advance(5);
  expect(at("/status").map((form) => [form["MessageSid"], form["MessageStatus"]])).toEqual([
    [sent.sid, "queued"],
    [sent.sid, "sent"],
    [sent.sid, "delivered"],
  ]);
});

test.each([
  [{}, "Send {from, to, body, mediaUrls}"],
  [{ from: "0170", to: number }, "must be E.164"],
  [{ from: customer, to: number, mediaUrls: ["nothing"] }, "must be an address of the web"],
  [{ from: customer, to: number, mediaUrls: ["ftp://example.com/a"] }, "must be an address of the web"],
  [{ from: customer, to: number, mediaUrls: Array(11).fill("https://example.com/a") }, "more than 10 files"],
  [{ channelSid: `CH${"0".repeat(32)}`, from: "ann", body: "Hi" }, "does not exist"],
])("refuses %j as a message, in Twilio's words", async (json, reason) => {
  const sending = setting.centre.http.send({ method: "POST", url: "/_emulator/messages", json });
  await expect(sending).rejects.toThrow(reason);
});

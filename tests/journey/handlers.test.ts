import { beforeAll, describe, expect, test } from "@jest/globals";
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

describe("a handler's TwiML", () => {
  const twiml = (content: string) => ({
    status: 200,
    type: "text/xml",
    text: `<Response>${content}</Response>`,
  });
  /** What the handler was asked and the phone got, once a text came in and nothing more happens. */
  const answerWith = async (
    answers: Readonly<Record<string, ReturnType<typeof twiml>>>,
    more: object = {},
  ) => {
    await client()
      .incomingPhoneNumbers(otherSid)
      .update({ smsUrl: `${receiver.url}/start/here`, smsFallbackUrl: "", ...more });
    receiver.answer = ({ path }) => answers[path.split("?")[0] ?? ""] ?? { status: 204 };
    const { sid, journey } = await text(other, "Hi");
    const [, ...sent] = (await client().messages.list({ pageSize: 50 })).reverse();
    const since = sent.slice(sent.findIndex((one) => one.sid === sid) + 1);
    return {
      asked: receiver.received.map(({ method, path }) => `${method} ${path.split("?")[0]}`),
      sent: since.map(({ to, from, body }) => ({ to, from, body })),
      errors: journey
        .filter(({ code }) => code !== null)
        .map(({ code, text: said }) => ({ code, text: said })),
    };
  };
  const reply = (body: string) => ({ to: customer, from: other, body });

  test("leads on by Redirect: relative, by GET, with the same message", async () => {
    const { asked, sent, errors } = await answerWith({
      "/start/here": twiml(
        "<Message>1</Message><Redirect method='GET'>there?a=1</Redirect><Message>no</Message>",
      ),
      "/start/there": twiml("<Message>2</Message>"),
    });
    expect(asked).toEqual(["POST /start/here", "GET /start/there"]);
    const query = new URLSearchParams(receiver.received[1]?.path.split("?")[1]);
    expect(Object.fromEntries(query)).toMatchObject({ a: "1", From: customer, To: other, Body: "Hi" });
    expect(receiver.received[1]?.headers["x-twilio-signature"]).toMatch(/^[\w+/]{27}=$/);
    expect(sent).toEqual([reply("1"), reply("2")]);
    expect(errors).toEqual([]);
  });

  test("that leads back to itself ends after 50 documents, with 14106", async () => {
    const { asked, sent, errors } = await answerWith({ "/start/here": twiml("<Redirect/>") });
    expect(asked).toHaveLength(50);
    expect(sent).toEqual([]);
    expect(errors).toEqual([
      { code: 14106, text: `More than 50 documents were led to; ${receiver.url}/start/here is not asked` },
    ]);
  });

  test("tells a message's action of it, and goes on with the answer", async () => {
    const { asked, sent } = await answerWith({
      "/start/here": twiml("<Message action='/sent'>1</Message><Message>no</Message>"),
      "/sent": twiml("<Message>2</Message>"),
    });
    expect(asked).toEqual(["POST /start/here", "POST /sent"]);
    expect(at("/sent")[0]).toMatchObject({
      MessageSid: expect.stringMatching(/^SM/) as unknown,
      MessageStatus: "queued",
    });
    expect(at("/sent")[0]?.["MessageSid"]).not.toBe(at("/start/here")[0]?.["MessageSid"]);
    expect(sent).toEqual([reply("1"), reply("2")]);
  });

  test("that is no XML is left to the fallback, with 12100", async () => {
    const { asked, sent, errors } = await answerWith(
      { "/start/here": twiml("<Message>a & b</Message>"), "/fallback": twiml("<Message>Sorry</Message>") },
      { smsFallbackUrl: `${receiver.url}/fallback` },
    );
    expect(asked).toEqual(["POST /start/here", "POST /fallback"]);
    expect(at("/fallback")[0]).toMatchObject({ ErrorCode: "12100", ErrorUrl: `${receiver.url}/start/here` });
    expect(sent).toEqual([reply("Sorry")]);
    expect(errors).toEqual([
      {
        code: 12100,
        text: expect.stringContaining(
          "answered what is no well-formed XML: Invalid character in entity name",
        ) as unknown,
      },
    ]);
  });

  test("that is longer than 64 kB is left to the fallback, with 11750", async () => {
    const { asked, sent, errors } = await answerWith(
      {
        "/start/here": twiml(`<!--${"x".repeat(65_536)}--><Message>1</Message>`),
        "/fallback": twiml("<Message>Sorry</Message>"),
      },
      { smsFallbackUrl: `${receiver.url}/fallback` },
    );
    expect(asked).toEqual(["POST /start/here", "POST /fallback"]);
    expect(sent).toEqual([reply("Sorry")]);
    expect(errors).toEqual([
      { code: 11750, text: `${receiver.url}/start/here answered more than 64 kB, which is no TwiML` },
    ]);
  });

  test("keeps the password in a handler's URL from its fallback, and from what is shown", async () => {
    const withPassword = (path: string) => `${receiver.url.replace("//", "//ann:s3cret@")}${path}`;
    const { asked } = await answerWith(
      { "/start/here": twiml("<Oops"), "/fallback": twiml("<Message>Sorry</Message>") },
      { smsUrl: withPassword("/start/here"), smsFallbackUrl: withPassword("/fallback") },
    );
    expect(asked).toEqual(["POST /start/here", "POST /fallback"]);
    expect(at("/fallback")[0]).toMatchObject({ ErrorUrl: `${receiver.url}/start/here` });
    const { body } = await setting.local.own("GET", "/webhooks");
    expect(JSON.stringify(body)).toContain("/fallback");
    expect(JSON.stringify(body)).not.toContain("s3cret");
  });

  test("sends from a number of the account's to whom it says, and says what it does not send", async () => {
    const { sent, errors } = await answerWith({
      "/start/here": twiml(
        `<Message from="${number}" to="+14155550181">1</Message><Message from="+15005550099">2</Message>` +
          "<Message to='0170'>3</Message><Say>4</Say>",
      ),
    });
    expect(sent).toEqual([{ to: "+14155550181", from: number, body: "1" }]);
    expect(
      errors.map(({ code, text: said }) => [code, said.replace(`${receiver.url}/start/here answered `, "")]),
    ).toEqual([
      [14110, "the verb <Say>, which no message is answered with"],
      [14102, "a message from +15005550099, no number of the account, which is not sent"],
      [14101, "a message to 0170, no phone number, which is not sent"],
    ]);
  });

  test("answers a message with ten at most, also by way of redirects", async () => {
    const four = "<Message>x</Message>".repeat(4);
    const { asked, sent, errors } = await answerWith({
      "/start/here": twiml(`${four}<Redirect>two</Redirect>`),
      "/start/two": twiml(`${four}<Redirect>three</Redirect>`),
      "/start/three": twiml(four),
    });
    expect(asked).toHaveLength(3);
    expect(sent).toHaveLength(10);
    expect(errors).toEqual([
      {
        code: 14109,
        text: `${receiver.url}/start/three answered more than 10 messages to one, which is not sent`,
      },
    ]);
  });
});

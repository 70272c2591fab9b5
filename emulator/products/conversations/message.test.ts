import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const now = Date.parse("2026-01-02T03:04:05Z");
const local = useLocalTwilio({ seed: "empty", clock: () => now });
const root = "https://conversations.twilio.com/v1";
const ours = "+14155550142";
let serviceSid = "";

beforeAll(async () => {
  serviceSid = (await local.client.conversations.v1.services.create({ friendlyName: "Support" })).sid;
  await local.client.incomingPhoneNumbers.create({ phoneNumber: ours });
});

const open = async (options: object = {}) => {
  const { conversations } = local.client.conversations.v1;
  return conversations((await conversations.create(options)).sid);
};

test("a message has its author's participant, and is Chat's", async () => {
  const conversation = await open();
  const { sid: conversationSid } = await conversation.fetch();
  const customer = await conversation.participants.create({
    "messagingBinding.address": "+14155550177",
    "messagingBinding.proxyAddress": ours,
  });
  const url = `${root}/Conversations/${conversationSid}/Messages`;
  const { status, body } = await local.send("POST", url, {
    form: { Author: "+14155550177", Body: "Hello" },
  });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    conversation_sid: conversationSid,
    index: 0,
    author: "+14155550177",
    participant_sid: customer.sid,
    body: "Hello",
    media: null,
    attributes: "{}",
    delivery: null,
    content_sid: null,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${url}/${sid}`,
    links: { delivery_receipts: `${url}/${sid}/Receipts`, channel_metadata: `${url}/${sid}/ChannelMetadata` },
  });
  const { messages } = local.client.chat.v2.services(serviceSid).channels(conversationSid);
  expect(await messages(sid).fetch()).toMatchObject({ from: "+14155550177", body: "Hello" });
  await messages.create({ from: "ann", body: "Yes" });
  const bodies = async (order: "asc" | "desc") =>
    (await conversation.messages.list({ order })).map((message) => message.body);
  expect(await bodies("asc")).toEqual(["Hello", "Yes"]);
  expect(await bodies("desc")).toEqual(["Yes", "Hello"]);
  expect(await conversation.messages.create({})).toMatchObject({
    author: "system",
    body: null,
    index: 2,
    participantSid: null,
  });
});

test.each(["Conversations", "Chat"])(
  "a message by %s wakes an inactive conversation, and its timers begin anew",
  async (api) => {
    const conversation = await open({ state: "active", "timers.inactive": "PT1M" });
    const { sid } = await conversation.fetch();
    await local.advance(90);
    expect((await conversation.fetch()).state).toBe("inactive");
    if (api === "Chat") await local.client.chat.v2.services(serviceSid).channels(sid).messages.create({});
    else await conversation.messages.create({ body: "Still there?" });
    expect((await conversation.fetch()).state).toBe("active");
    await local.advance(59);
    expect((await conversation.fetch()).state).toBe("active");
    await local.advance(1);
    expect((await conversation.fetch()).state).toBe("inactive");
  },
);

test("a closed conversation takes no more messages", async () => {
  const conversation = await open();
  await conversation.update({ state: "closed" });
  await expect(conversation.messages.create({ body: "Late" })).rejects.toMatchObject({ code: 50377 });
});

test.each<[Record<string, string>, string]>([
  [{ body: "x".repeat(1601) }, "Body is 1601 characters long; at most 1600 are allowed"],
  [{ mediaSid: `ME${"1".repeat(32)}` }, `MediaSid ME${"1".repeat(32)} does not exist`],
  [{ contentSid: `HX${"1".repeat(32)}` }, `ContentSid HX${"1".repeat(32)} does not exist`],
])("refuses a message: %#", async (given, message) => {
  await expect((await open()).messages.create(given)).rejects.toMatchObject({ status: 400, message });
});

import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const root = "https://conversations.twilio.com/v1";
const [ours, second] = ["+14155550142", "+12065550187"];
let serviceSid = "";
const customer = (() => {
  let count = 0;
  return () => `+1628555${String(++count).padStart(4, "0")}`;
})();

beforeAll(async () => {
  serviceSid = (await local.client.conversations.v1.services.create({ friendlyName: "Support" })).sid;
  for (const phoneNumber of [ours, second]) await local.client.incomingPhoneNumbers.create({ phoneNumber });
});

const open = async () => {
  const { conversations } = local.client.conversations.v1;
  return conversations((await conversations.create()).sid);
};
const bound = (address: string, proxyAddress = ours) => ({
  "messagingBinding.address": address,
  "messagingBinding.proxyAddress": proxyAddress,
});

test("who texts takes part by a pair of addresses, and has no identity", async () => {
  const { sid: conversationSid } = await (await open()).fetch();
  const address = customer();
  const url = `${root}/Services/${serviceSid}/Conversations/${conversationSid}/Participants`;
  const { status, body } = await local.send("POST", url, {
    form: { "MessagingBinding.Address": address, "MessagingBinding.ProxyAddress": ours },
  });
  const { sid, role_sid } = body as { sid: string; role_sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    chat_service_sid: serviceSid,
    conversation_sid: conversationSid,
    identity: null,
    attributes: "{}",
    messaging_binding: { type: "sms", address, proxy_address: ours },
    role_sid,
    last_read_message_index: null,
    last_read_timestamp: null,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${url}/${sid}`,
  });
  const inChat = local.client.chat.v2.services(serviceSid).channels(conversationSid);
  expect((await inChat.members(sid).fetch()).identity).toBeNull();
  expect((await inChat.fetch()).membersCount).toBe(1);
});

test("who is in chat is a member of Chat and a user, with a role of conversations", async () => {
  const conversation = await open();
  const { configuration } = local.client.conversations.v1.services(serviceSid);
  const made = await conversation.participants.create({ identity: "ann" });
  expect(made).toMatchObject({
    identity: "ann",
    messagingBinding: null,
    roleSid: (await configuration().fetch()).defaultConversationRoleSid,
  });
  const { channels, users } = local.client.chat.v2.services(serviceSid);
  expect((await channels(made.conversationSid).members("ann").fetch()).sid).toBe(made.sid);
  expect((await users("ann").fetch()).joinedChannelsCount).toBe(1);
  await conversation.participants("ann").remove();
  expect((await users("ann").fetch()).joinedChannelsCount).toBe(0);
});

test("a member of Chat takes part in the conversation", async () => {
  const { channels } = local.client.chat.v2.services(serviceSid);
  const { sid } = await channels.create({ type: "private" });
  await channels(sid).members.create({ identity: "from chat" });
  const [found] = await local.client.conversations.v1.conversations(sid).participants.list();
  expect(found?.identity).toBe("from chat");
});

test("a pair is in one conversation that is not closed", async () => {
  const address = customer();
  const [first, next] = [await open(), await open()];
  const { sid: firstSid } = await first.fetch();
  const holder = await first.participants.create(bound(address));
  await expect(next.participants.create(bound(address))).rejects.toMatchObject({
    status: 409,
    code: 50416,
    message: `A binding for this participant and proxy address already exists in Conversation ${firstSid}`,
  });
  // With another number of ours, it is another pair.
  const other = await next.participants.create(bound(address, second));
  await expect(
    next.participants(other.sid).update({ "messagingBinding.proxyAddress": ours }),
  ).rejects.toMatchObject({ code: 50416 });
  // Inactive is not closed.
  await first.update({ state: "inactive" });
  await expect(next.participants.create(bound(address))).rejects.toMatchObject({ code: 50416 });
  await first.participants(holder.sid).remove();
  const moved = await next.participants.create(bound(address));
  await next.update({ state: "closed" });
  await first.participants.create(bound(address));
  // The closed one still says who was in it.
  expect((await next.participants(moved.sid).fetch()).messagingBinding).toEqual({
    type: "sms",
    address,
    proxy_address: ours,
  });
  await first.remove();
  await (await open()).participants.create(bound(address));
});

test("a deleted service gives its pairs free", async () => {
  const { services } = local.client.conversations.v1;
  const { sid } = await services.create({ friendlyName: "Gone" });
  const { conversations } = services(sid);
  const address = customer();
  await conversations((await conversations.create()).sid).participants.create(bound(address));
  await services(sid).remove();
  await (await open()).participants.create(bound(address));
});

test("addresses can be changed and taken away; one that stays must not be sent", async () => {
  const conversation = await open();
  const { sid } = await conversation.participants.create(bound(customer()));
  const participant = conversation.participants(sid);
  expect(
    (await participant.update({ "messagingBinding.proxyAddress": second })).messagingBinding,
  ).toMatchObject({
    proxy_address: second,
  });
  await expect(participant.update({ "messagingBinding.proxyAddress": second })).rejects.toMatchObject({
    status: 400,
    code: 50441,
  });
  const shown = await conversation.participants.create({
    identity: "shown",
    "messagingBinding.projectedAddress": ours,
  });
  expect(shown.messagingBinding).toEqual({ type: "sms", projected_address: ours });
  const hidden = await conversation
    .participants(shown.sid)
    .update({ "messagingBinding.projectedAddress": "null" });
  expect(hidden.messagingBinding).toBeNull();
});

test("another identity makes it another user's", async () => {
  const conversation = await open();
  await conversation.participants.create({ identity: "old name" });
  await conversation.participants("old name").update({ identity: "new name", lastReadMessageIndex: 3 });
  expect(await conversation.participants("new name").fetch()).toMatchObject({
    lastReadMessageIndex: 3,
    lastReadTimestamp: "2026-01-02T03:04:05Z",
  });
  const { users } = local.client.chat.v2.services(serviceSid);
  expect((await users("old name").fetch()).joinedChannelsCount).toBe(0);
  expect((await users("new name").fetch()).joinedChannelsCount).toBe(1);
});

test("of those who are not in chat, a conversation has at most 50", async () => {
  const conversation = await open();
  for (let count = 0; count < 50; count++) await conversation.participants.create(bound(customer()));
  await expect(conversation.participants.create(bound(customer()))).rejects.toMatchObject({ code: 50417 });
  await conversation.participants.create({ identity: "room for me" });
});

test.each<[Record<string, string>, number]>([
  [{}, 20001],
  [{ "messagingBinding.address": "ann" }, 50407],
  [{ "messagingBinding.proxyAddress": ours }, 50407],
  [{ "messagingBinding.address": "+14155550177" }, 50412],
  [bound("+14155550177", "here"), 50408],
  [bound("+14155550177", "+14155550178"), 50408],
  [bound(ours, ours), 50409],
  [bound("whatsapp:+14155550177", ours), 50414],
  [{ identity: "x", roleSid: `RL${"1".repeat(32)}` }, 50101],
])("refuses %j with %i", async (given, code) => {
  await expect((await open()).participants.create(given)).rejects.toMatchObject({ status: 400, code });
});

test("nobody takes part twice, in one that is gone, or in one that is closed", async () => {
  const conversation = await open();
  await conversation.participants.create({ identity: "twice" });
  await expect(conversation.participants.create({ identity: "twice" })).rejects.toMatchObject({
    status: 409,
    code: 50433,
  });
  await conversation.update({ state: "closed" });
  await expect(conversation.participants.create({ identity: "late" })).rejects.toMatchObject({ code: 50377 });
  await conversation.remove();
  await expect(conversation.participants.list()).rejects.toMatchObject({ status: 404, code: 50350 });
});

test("it is told by address, and by identity, in which conversations somebody is", async () => {
  const { participantConversations } = local.client.conversations.v1;
  const address = customer();
  const [old, current] = [await open(), await open()];
  await old.participants.create(bound(address));
  await old.update({ state: "closed" });
  await current.participants.create(bound(address));
  await current.participants.create({ identity: "finder" });
  const { sid } = await current.fetch();
  const found = await participantConversations.list({ address });
  expect(found.map(({ conversationState }) => conversationState)).toEqual(["closed", "active"]);
  expect(found[1]).toMatchObject({
    conversationSid: sid,
    participantIdentity: null,
    participantUserSid: null,
    participantMessagingBinding: { address, proxy_address: ours, type: "sms" },
    conversationAttributes: "{}",
  });
  const inService = local.client.conversations.v1.services(serviceSid).participantConversations;
  const [mine] = await inService.list({ identity: "finder" });
  expect(mine).toMatchObject({
    conversationSid: sid,
    participantIdentity: "finder",
    participantMessagingBinding: null,
    links: { conversation: `${root}/Services/${serviceSid}/Conversations/${sid}` },
  });
  expect(await participantConversations.list({ identity: "nobody" })).toEqual([]);
  for (const query of ["", `?Identity=a&Address=${encodeURIComponent(address)}`])
    expect((await local.send("GET", `${root}/ParticipantConversations${query}`)).status).toBe(400);
});

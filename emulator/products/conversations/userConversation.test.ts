import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const root = "https://conversations.twilio.com/v1";

test("a user has the conversations that they take part in, and leaves them", async () => {
  const api = local.client.conversations.v1;
  const { sid: serviceSid } = await api.services.create({ friendlyName: "Support" });
  const { sid } = await api.conversations.create({ friendlyName: "Order", uniqueName: "order" });
  const { participants, messages } = api.conversations(sid);
  const ann = await participants.create({ identity: "ann" });
  for (const body of ["One", "Two"]) await messages.create({ body });
  const mine = api.users("ann").userConversations(sid);
  expect(await mine.fetch()).toMatchObject({ unreadMessagesCount: null, lastReadMessageIndex: null });
  await mine.update({ lastReadMessageIndex: 0, notificationLevel: "muted" });
  const userSid = (await api.users("ann").fetch()).sid;
  const url = `${root}/Services/${serviceSid}/Users/${userSid}/Conversations/${sid}`;
  expect((await local.send("GET", url)).body).toEqual({
    account_sid: local.emulator.accountSid,
    chat_service_sid: serviceSid,
    conversation_sid: sid,
    participant_sid: ann.sid,
    user_sid: userSid,
    friendly_name: "Order",
    unique_name: "order",
    attributes: "{}",
    created_by: "system",
    conversation_state: "active",
    timers: {},
    notification_level: "muted",
    last_read_message_index: 0,
    unread_messages_count: 1,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url,
    links: {
      participant: `${root}/Services/${serviceSid}/Conversations/${sid}/Participants/${ann.sid}`,
      conversation: `${root}/Services/${serviceSid}/Conversations/${sid}`,
    },
  });
  expect((await participants("ann").fetch()).lastReadMessageIndex).toBe(0);
  await mine.remove();
  expect(await participants.list()).toEqual([]);
  await expect(mine.fetch()).rejects.toMatchObject({ status: 404 });
});

test("devices are Chat's, and hear of conversations", async () => {
  const api = local.client.conversations.v1;
  const { sid: serviceSid } = await api.services.create({ friendlyName: "Push" });
  const credential = await api.credentials.create({ type: "fcm", secret: "key" });
  expect((await local.client.chat.v2.credentials(credential.sid).fetch()).type).toBe("fcm");
  const device = { serviceSid, identity: "ann", endpoint: "phone", credentialSid: credential.sid };
  await local.own("POST", "/bindings", device);
  const [found] = await api.services(serviceSid).bindings.list();
  expect(found).toMatchObject({
    endpoint: "phone",
    messageTypes: ["added_to_conversation", "new_message", "removed_from_conversation"],
  });
});

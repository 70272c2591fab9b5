import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const root = "https://conversations.twilio.com/v1";
let serviceSid = "";

beforeAll(async () => {
  serviceSid = (await local.client.conversations.v1.services.create({ friendlyName: "Support" })).sid;
});

test("a user is made with the service's role, and is Chat's", async () => {
  const { services } = local.client.conversations.v1;
  const { defaultChatServiceRoleSid } = await services(serviceSid).configuration().fetch();
  const { status, body } = await local.send("POST", `${root}/Users`, { form: { Identity: "ann" } });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    chat_service_sid: serviceSid,
    role_sid: defaultChatServiceRoleSid,
    identity: "ann",
    friendly_name: null,
    attributes: "{}",
    is_online: null,
    is_notifiable: null,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${root}/Users/${sid}`,
    links: { user_conversations: `${root}/Users/${sid}/Conversations` },
  });
  const users = services(serviceSid).users;
  await users("ann").update({ friendlyName: "Ann", attributes: '{"team":"a"}' });
  expect(await local.client.chat.v2.services(serviceSid).users(sid).fetch()).toMatchObject({
    identity: "ann",
    friendlyName: "Ann",
    attributes: '{"team":"a"}',
  });
});

test("an identity has one user; a role must be one of users", async () => {
  const { users, services } = local.client.conversations.v1;
  await users.create({ identity: "bob" });
  await expect(users.create({ identity: "bob" })).rejects.toMatchObject({ status: 409, code: 50201 });
  const { defaultConversationRoleSid: roleSid } = await services(serviceSid).configuration().fetch();
  await expect(users.create({ identity: "eve", roleSid })).rejects.toMatchObject({
    status: 400,
    code: 50102,
  });
  await users("bob").remove();
  await expect(users("bob").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

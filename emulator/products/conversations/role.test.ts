import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const root = "https://conversations.twilio.com/v1";
let serviceSid = "";

beforeAll(async () => {
  serviceSid = (await local.client.conversations.v1.services.create({ friendlyName: "Support" })).sid;
});

const agent = ["sendMessage", "sendMediaMessage", "leaveConversation", "editConversationAttributes"];

test.each([`${root}/Roles`, "in its service"])("a role is made, %s, as Twilio answers it", async (given) => {
  const url = given === "in its service" ? `${root}/Services/${serviceSid}/Roles` : given;
  const { status, body } = await local.send("POST", url, {
    form: { FriendlyName: "agent", Type: "conversation", Permission: agent },
  });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    chat_service_sid: serviceSid,
    friendly_name: "agent",
    type: "conversation",
    permissions: agent,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${url}/${sid}`,
  });
});

test("it is the same role in Chat, by Chat's names, both ways", async () => {
  const { conversations, chat } = local.client;
  const made = await conversations.v1.roles.create({
    friendlyName: "both",
    type: "service",
    permission: ["createConversation", "addParticipant", "editAnyUserInfo", "addNonChatParticipant"],
  });
  const inChat = chat.v2.services(serviceSid).roles(made.sid);
  expect(await inChat.fetch()).toMatchObject({
    type: "deployment",
    permissions: ["createChannel", "addMember", "editAnyUserInfo", "addNonChatParticipant"],
  });
  await inChat.update({ permission: ["joinChannel", "inviteMember", "destroyChannel"] });
  // There are no invitations to conversations.
  expect(await conversations.v1.roles(made.sid).fetch()).toMatchObject({
    type: "service",
    permissions: ["joinConversation", "deleteConversation"],
  });
});

test("an update replaces all permissions; lists have at most 50", async () => {
  const { roles } = local.client.conversations.v1.services(serviceSid);
  const { sid } = await roles.create({ friendlyName: "x", type: "conversation", permission: agent });
  expect(await roles(sid).update({ permission: ["sendMessage"] })).toMatchObject({
    permissions: ["sendMessage"],
  });
  const { body } = await local.send("GET", `${root}/Roles?PageSize=50`);
  expect((body as { roles: { chat_service_sid: string }[] }).roles.length).toBeGreaterThan(4);
  await roles(sid).remove();
});

test.each<[Record<string, string | string[]>, number, string]>([
  [{ Permission: "" }, 20001, "Missing required parameter Permission in the post body"],
  [{ Type: "channel" }, 20001, 'Type must be one of conversation, service, got "channel"'],
  [{ FriendlyName: "x".repeat(257) }, 20001, "FriendlyName is 257 characters long; at most 256 are allowed"],
  [{ Permission: "fly" }, 50104, 'Permission not found: a role of type conversation has no "fly"'],
  // Chat's names are Chat's.
  [
    { Permission: "leaveChannel" },
    50104,
    'Permission not found: a role of type conversation has no "leaveChannel"',
  ],
  [
    { Permission: "createConversation" },
    50104,
    'Permission not found: a role of type conversation has no "createConversation"',
  ],
])("refuses %j", async (given, code, message) => {
  const { status, body } = await local.send("POST", `${root}/Roles`, {
    form: { FriendlyName: "r", Type: "conversation", Permission: "sendMessage", ...given },
  });
  expect(status).toBe(400);
  expect(body).toMatchObject({ code, message });
});

test("a default role is not deleted", async () => {
  const { services, roles } = local.client.conversations.v1;
  const { defaultConversationRoleSid } = await services(serviceSid).configuration().fetch();
  await expect(roles(defaultConversationRoleSid).remove()).rejects.toMatchObject({ status: 400 });
});

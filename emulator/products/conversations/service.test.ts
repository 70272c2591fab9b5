import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const services = "https://conversations.twilio.com/v1/Services";

test("a service is one of Chat's under the same SID, with its settings beside it", async () => {
  const { sid } = await local.client.conversations.v1.services.create({ friendlyName: "Support" });
  const inChat = await local.client.chat.v2.services(sid).fetch();
  expect(inChat.friendlyName).toBe("Support");
  expect((await local.send("GET", `${services}/${sid}/Configuration`)).body).toEqual({
    chat_service_sid: sid,
    default_conversation_creator_role_sid: inChat.defaultChannelCreatorRoleSid,
    default_conversation_role_sid: inChat.defaultChannelRoleSid,
    default_chat_service_role_sid: inChat.defaultServiceRoleSid,
    reachability_enabled: false,
    url: `${services}/${sid}/Configuration`,
    links: {
      notifications: `${services}/${sid}/Configuration/Notifications`,
      webhooks: `${services}/${sid}/Configuration/Webhooks`,
    },
  });
});

test("roles of a service can be changed, and not cleared", async () => {
  const { sid } = await local.client.conversations.v1.services.create({ friendlyName: "Roles" });
  const configuration = local.client.conversations.v1.services(sid).configuration();
  const { defaultConversationCreatorRoleSid, defaultConversationRoleSid } = await configuration.fetch();
  await configuration.update({ defaultConversationRoleSid: defaultConversationCreatorRoleSid });
  expect(await configuration.update({ defaultConversationRoleSid: "" })).toMatchObject({
    defaultConversationRoleSid: defaultConversationCreatorRoleSid,
  });
  expect(await local.client.chat.v2.services(sid).fetch()).toMatchObject({
    defaultChannelRoleSid: defaultConversationCreatorRoleSid,
  });
  await expect(
    configuration.update({ defaultChatServiceRoleSid: defaultConversationRoleSid }),
  ).rejects.toMatchObject({ status: 400, code: 50102 });
});

test("notifications are Chat's under other names, all off in a new service", async () => {
  const { sid } = await local.client.conversations.v1.services.create({ friendlyName: "Notes" });
  const url = `${services}/${sid}/Configuration/Notifications`;
  expect((await local.send("GET", url)).body).toEqual({
    account_sid: local.emulator.accountSid,
    chat_service_sid: sid,
    log_enabled: false,
    new_message: { enabled: false, badge_count_enabled: false, with_media: { enabled: false } },
    added_to_conversation: { enabled: false },
    removed_from_conversation: { enabled: false },
    url,
  });
  const form = { "AddedToConversation.Enabled": "true", "NewMessage.WithMedia.Template": "a file" };
  expect((await local.send("POST", url, { form })).body).toMatchObject({
    added_to_conversation: { enabled: true },
    new_message: { with_media: { enabled: false, template: "a file" } },
  });
  const { notifications } = await local.client.chat.v2.services(sid).fetch();
  expect(notifications).toMatchObject({ added_to_channel: { enabled: true } });
  expect(JSON.stringify(notifications)).not.toContain("a file");
});

test("webhooks of a service are its own in Conversations: their events have other names", async () => {
  const { sid } = await local.client.conversations.v1.services.create({ friendlyName: "Hooks" });
  const url = `${services}/${sid}/Configuration/Webhooks`;
  const unset = {
    account_sid: local.emulator.accountSid,
    chat_service_sid: sid,
    pre_webhook_url: null,
    post_webhook_url: null,
    filters: null,
    method: null,
    url,
  };
  expect((await local.send("GET", url)).body).toEqual(unset);
  const form = { PostWebhookUrl: "https://example.com/post", Filters: "onMessageAdded", Method: "POST" };
  expect((await local.send("POST", url, { form })).body).toEqual({
    ...unset,
    post_webhook_url: "https://example.com/post",
    filters: ["onMessageAdded"],
    method: "POST",
  });
  expect((await local.client.chat.v2.services(sid).fetch()).postWebhookUrl).toBeNull();
});

test.each(["", "/Configuration", "/Configuration/Notifications", "/Configuration/Webhooks"])(
  "of a service that is gone, %j is not found",
  async (path) => {
    const { sid } = await local.client.conversations.v1.services.create({ friendlyName: "Gone" });
    await local.client.conversations.v1.services(sid).remove();
    const { status, body } = await local.send("GET", `${services}/${sid}${path}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({
      code: 20404,
      message: `The requested resource /Services/${sid} was not found`,
    });
  },
);

test("a name has at most 256 characters", async () => {
  const { status } = await local.send("POST", services, { form: { FriendlyName: "x".repeat(257) } });
  expect(status).toBe(400);
});

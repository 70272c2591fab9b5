import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const services = "https://chat.twilio.com/v2/Services";
const gone = `IS${"0".repeat(32)}`;

test("a new service has Twilio's defaults", async () => {
  const { status, body } = await local.send("POST", services, { form: { FriendlyName: "Support" } });
  const { sid } = body as { sid: string };
  const url = `${services}/${sid}`;
  expect(status).toBe(201);
  const role = expect.stringMatching(/^RL[0-9a-f]{32}$/);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    friendly_name: "Support",
    default_service_role_sid: role,
    default_channel_role_sid: role,
    default_channel_creator_role_sid: role,
    read_status_enabled: true,
    reachability_enabled: false,
    typing_indicator_timeout: 5,
    consumption_report_interval: 10,
    notifications: {
      log_enabled: false,
      new_message: { enabled: false },
      added_to_channel: { enabled: false },
      removed_from_channel: { enabled: false },
      invited_to_channel: { enabled: false },
    },
    pre_webhook_url: null,
    post_webhook_url: null,
    webhook_method: null,
    webhook_filters: null,
    pre_webhook_retry_count: 0,
    post_webhook_retry_count: 0,
    limits: { channel_members: 100, user_channels: 250 },
    media: { size_limit_mb: 150, compatibility_message: "Media messages are not supported by your client" },
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url,
    links: {
      channels: `${url}/Channels`,
      users: `${url}/Users`,
      roles: `${url}/Roles`,
      bindings: `${url}/Bindings`,
    },
  });
});

test("a new service has four roles, three of them defaults", async () => {
  const created = await local.client.chat.v2.services.create({ friendlyName: "Roles" });
  const roles = await local.client.chat.v2.services(created.sid).roles.list();
  expect(
    roles.map(({ friendlyName, type, permissions }) => [friendlyName, type, permissions.length]),
  ).toEqual([
    ["service admin", "deployment", 12],
    ["service user", "deployment", 3],
    ["channel admin", "channel", 12],
    ["channel user", "channel", 6],
  ]);
  const sidOf = (name: string) => roles.find(({ friendlyName }) => friendlyName === name)?.sid;
  expect(created.defaultServiceRoleSid).toBe(sidOf("service user"));
  expect(created.defaultChannelRoleSid).toBe(sidOf("channel user"));
  expect(created.defaultChannelCreatorRoleSid).toBe(sidOf("channel admin"));
});

test("an update changes what it names, also one part of a nested object", async () => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Update" });
  const service = local.client.chat.v2.services(sid);
  await service.update({
    "notifications.newMessage.enabled": true,
    "notifications.newMessage.template": "New!",
    "notifications.newMessage.badgeCountEnabled": true,
    "limits.userChannels": 1000,
    postWebhookUrl: "https://example.com/post",
    webhookFilters: ["onMessageSent", "onChannelAdded"],
  });
  const updated = await service.update({
    "notifications.newMessage.sound": "ping",
    "limits.channelMembers": 1,
    webhookMethod: "GET",
  });
  expect(updated.notifications).toMatchObject({
    log_enabled: false,
    new_message: { enabled: true, template: "New!", sound: "ping", badge_count_enabled: true },
  });
  expect(updated).toMatchObject({
    limits: { channel_members: 1, user_channels: 1000 },
    postWebhookUrl: "https://example.com/post",
    webhookFilters: ["onMessageSent", "onChannelAdded"],
    webhookMethod: "GET",
  });
});

test("empty values clear URLs and templates, and leave numbers as they are", async () => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Clear" });
  const service = local.client.chat.v2.services(sid);
  await service.update({
    preWebhookUrl: "https://example.com/pre",
    "notifications.addedToChannel.template": "Welcome",
    "limits.userChannels": 5,
  });
  const form = {
    PreWebhookUrl: "",
    "Notifications.AddedToChannel.Template": "",
    "Limits.UserChannels": "",
    WebhookFilters: "",
  };
  const { body } = await local.send("POST", `${services}/${sid}`, { form });
  expect(body).toMatchObject({
    pre_webhook_url: null,
    limits: { user_channels: 5 },
    webhook_filters: [],
    notifications: { added_to_channel: { enabled: false } },
  });
  expect(body).not.toHaveProperty("notifications.added_to_channel.template");
});

test.each([
  [{ FriendlyName: "" }, 20001, "Missing required parameter FriendlyName in the post body"],
  [{}, 20161, "Parameters are not specified for update request"],
  [{ Unknown: "x" }, 20161, "Parameters are not specified for update request"],
  [{ PreWebhookUrl: "ftp://x" }, 50054, 'PreWebhookUrl must be an http or https URL, got "ftp://x"'],
  [{ WebhookMethod: "PUT" }, 50055, 'WebhookMethod must be one of POST, GET, got "PUT"'],
  [
    { PostWebhookRetryCount: "4" },
    50065,
    'PostWebhookRetryCount must be a whole number from 0 to 3, got "4"',
  ],
  [
    { "Limits.UserChannels": "1001" },
    20001,
    'Limits.UserChannels must be a whole number from 1 to 1000, got "1001"',
  ],
  [{ ReadStatusEnabled: "maybe" }, 20001, 'ReadStatusEnabled must be true or false, got "maybe"'],
])("refuses to update with %j", async (form, code, message) => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Refuse" });
  expect(await local.send("POST", `${services}/${sid}`, { form })).toMatchObject({
    status: 400,
    body: { code, message },
  });
});

test("refuses filters that are no events", async () => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Filters" });
  await expect(
    local.client.chat.v2.services(sid).update({ webhookFilters: ["onMessageSent", "onEverything"] }),
  ).rejects.toMatchObject({ status: 400, code: 50054 });
});

test.each([
  ["DefaultServiceRoleSid", "channel", 50102],
  ["DefaultChannelRoleSid", "deployment", 50101],
  ["DefaultChannelCreatorRoleSid", "deployment", 50101],
] as const)(
  "refuses as %s a role of type %s, of another service, or that is not there",
  async (name, type, code) => {
    const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Defaults" });
    const other = await local.client.chat.v2.services.create({ friendlyName: "Other" });
    const permission = type === "channel" ? "sendMessage" : "joinChannel";
    const wrong = await local.client.chat.v2
      .services(sid)
      .roles.create({ friendlyName: "wrong", type, permission: [permission] });
    for (const roleSid of [wrong.sid, other.defaultServiceRoleSid, `RL${"0".repeat(32)}`]) {
      const form = { [name]: roleSid };
      expect(await local.send("POST", `${services}/${sid}`, { form })).toMatchObject({
        status: 400,
        body: { code },
      });
    }
  },
);

test("a service that is gone is not found itself, and forbidden to look into", async () => {
  expect(await local.send("GET", `${services}/${gone}`)).toMatchObject({
    status: 404,
    body: { code: 20404, message: `The requested resource /Services/${gone} was not found` },
  });
  for (const below of ["Roles", "Users/x", "Channels", `Channels/CH${"0".repeat(32)}/Members`]) {
    expect(await local.send("GET", `${services}/${gone}/${below}`)).toMatchObject({
      status: 403,
      body: { code: 50050, message: "Service instance not found" },
    });
  }
});

test("deleting a service deletes all that is in it", async () => {
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Delete" });
  const service = local.client.chat.v2.services(sid);
  const channel = await service.channels.create({ uniqueName: "a" });
  await service.channels(channel.sid).members.create({ identity: "ann" });
  expect(await service.remove()).toBe(true);
  await expect(service.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(service.channels(channel.sid).fetch()).rejects.toMatchObject({ status: 403, code: 50050 });
});

test("a name has at most 256 characters", async () => {
  const name = "x".repeat(256);
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: name });
  expect((await local.client.chat.v2.services(sid).fetch()).friendlyName).toBe(name);
  expect(await local.send("POST", services, { form: { FriendlyName: `${name}x` } })).toMatchObject({
    status: 400,
    body: { code: 20001, message: "FriendlyName is 257 characters long; at most 256 are allowed" },
  });
});

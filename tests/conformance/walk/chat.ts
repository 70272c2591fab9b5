import type { Twilio } from "twilio";

/** Creates, reads, lists, updates and deletes each Programmable Chat resource, with every parameter. */
export async function walkChat(client: Twilio): Promise<void> {
  const { services } = client.chat.v2;
  const created = await services.create({ friendlyName: "Walk" });
  const service = services(created.sid);
  await service.fetch();
  await services.list({ pageSize: 1 });

  const role = await service.roles.create({
    friendlyName: "agent",
    type: "channel",
    permission: ["sendMessage", "sendMediaMessage", "leaveChannel"],
  });
  const member = await service.roles.create({
    friendlyName: "member",
    type: "deployment",
    permission: ["joinChannel"],
  });
  await service.roles(role.sid).fetch();
  await service.roles(role.sid).update({ permission: ["leaveChannel", "deleteOwnMessage"] });
  await service.roles.list({ pageSize: 1 });

  await service.update({
    friendlyName: "Walked",
    defaultServiceRoleSid: member.sid,
    defaultChannelRoleSid: role.sid,
    defaultChannelCreatorRoleSid: role.sid,
    readStatusEnabled: false,
    reachabilityEnabled: true,
    typingIndicatorTimeout: 7,
    consumptionReportInterval: 20,
    "notifications.newMessage.enabled": true,
    "notifications.newMessage.template": "${USER}: ${MESSAGE}",
    "notifications.newMessage.sound": "ping",
    "notifications.newMessage.badgeCountEnabled": true,
    "notifications.addedToChannel.enabled": true,
    "notifications.addedToChannel.template": "added",
    "notifications.addedToChannel.sound": "ding",
    "notifications.removedFromChannel.enabled": true,
    "notifications.removedFromChannel.template": "removed",
    "notifications.removedFromChannel.sound": "dong",
    "notifications.invitedToChannel.enabled": true,
    "notifications.invitedToChannel.template": "invited",
    "notifications.invitedToChannel.sound": "dang",
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    webhookMethod: "POST",
    webhookFilters: ["onMessageSend", "onMessageSent"],
    "limits.channelMembers": 1000,
    "limits.userChannels": 1,
    "media.compatibilityMessage": "Please update",
    preWebhookRetryCount: 1,
    postWebhookRetryCount: 3,
    "notifications.logEnabled": true,
  });
  await service.update({ preWebhookUrl: "", postWebhookUrl: "" });

  const user = await service.users.create({
    identity: "jane@example.com",
    roleSid: member.sid,
    attributes: '{"team":"billing"}',
    friendlyName: "Jane",
  });
  await service.users(user.sid).fetch();
  await service.users("jane@example.com").fetch();
  await service
    .users(user.sid)
    .update({ roleSid: created.defaultServiceRoleSid, attributes: "{}", friendlyName: "J" });
  await service.users.list({ pageSize: 1 });

  const channel = await service.channels.create({
    friendlyName: "Order 7",
    uniqueName: "order-7",
    attributes: '{"from":"jane"}',
    type: "private",
    dateCreated: new Date("2026-01-02T03:04:05Z"),
    dateUpdated: new Date("2026-01-02T03:04:05Z"),
    createdBy: "jane@example.com",
  });
  await service.channels(channel.sid).fetch();
  await service.channels("order-7").fetch();
  await service.channels(channel.sid).update({
    friendlyName: "Order 8",
    uniqueName: "order-8",
    attributes: '{"status":"ACTIVE"}',
    dateCreated: new Date("2026-01-03T03:04:05Z"),
    dateUpdated: new Date("2026-01-03T03:04:05Z"),
    createdBy: "system",
  });
  await service.channels.list({ type: ["private", "public"], pageSize: 1 });

  const { members, messages, webhooks } = service.channels(channel.sid);
  const moments = {
    dateCreated: new Date("2026-01-02T03:04:05Z"),
    dateUpdated: new Date("2026-01-02T03:04:06Z"),
  };
  await walkInvites(service.channels(channel.sid), role.sid);
  const jane = await members.create({
    identity: "jane@example.com",
    roleSid: role.sid,
    lastConsumedMessageIndex: 0,
    lastConsumptionTimestamp: moments.dateUpdated,
    attributes: '{"member_type":"agent"}',
    ...moments,
  });
  await members(jane.sid).fetch();
  await members("jane@example.com").fetch();
  await members(jane.sid).update({
    roleSid: role.sid,
    lastConsumedMessageIndex: 0,
    lastConsumptionTimestamp: moments.dateCreated,
    attributes: "{}",
    ...moments,
  });
  await members.list({ identity: ["jane@example.com"], pageSize: 1 });
  await service.users(user.sid).userChannels.list({ pageSize: 1 });
  await walkUserChannel(service.users(user.sid).userChannels(channel.sid));

  const message = await messages.create({
    from: "jane@example.com",
    body: "Hello",
    attributes: '{"mood":"good"}',
    lastUpdatedBy: "jane@example.com",
    ...moments,
  });
  await messages(message.sid).fetch();
  await messages(message.sid).update({
    body: "Hello again",
    attributes: "{}",
    lastUpdatedBy: "system",
    from: "jane@example.com",
    ...moments,
  });
  await messages.list({ order: "desc", pageSize: 1 });
  await messages(message.sid).remove();
  await service.users(user.sid).userChannels(channel.sid).remove({ xTwilioWebhookEnabled: "true" });
  await members.create({ identity: "jane@example.com" });
  await members("jane@example.com").remove();

  const webhook = await webhooks.create({
    type: "webhook",
    "configuration.url": "https://example.com/hook",
    "configuration.method": "POST",
    "configuration.filters": ["onMessageSent", "onMemberAdded"],
    "configuration.retryCount": 3,
  });
  const trigger = await webhooks.create({
    type: "trigger",
    "configuration.url": "https://example.com/hook",
    "configuration.method": "GET",
    "configuration.triggers": ["help", "agent"],
  });
  const studio = await webhooks.create({
    type: "studio",
    "configuration.flowSid": `FW${"0".repeat(31)}1`,
    "configuration.retryCount": 0,
  });
  await webhooks(webhook.sid).fetch();
  await webhooks(webhook.sid).update({
    "configuration.url": "https://example.com/other",
    "configuration.method": "GET",
    "configuration.filters": ["onMessageSent"],
    "configuration.retryCount": 1,
  });
  await webhooks(trigger.sid).update({ "configuration.triggers": ["human"] });
  await webhooks(studio.sid).update({ "configuration.flowSid": `FW${"0".repeat(31)}2` });
  await webhooks.list({ pageSize: 1 });
  for (const { sid } of [webhook, trigger, studio]) await webhooks(sid).remove();

  await service.channels(channel.sid).remove({ xTwilioWebhookEnabled: "true" });
  await walkPush(client, created.sid, user.sid);
  await service.users(user.sid).remove();
  const unused = await service.roles.create({
    friendlyName: "unused",
    type: "channel",
    permission: ["leaveChannel"],
  });
  await service.roles(unused.sid).remove();
  await service.remove();
}

type Service = ReturnType<Twilio["chat"]["v2"]["services"]>;

async function walkInvites({ invites }: ReturnType<Service["channels"]>, roleSid: string): Promise<void> {
  const invite = await invites.create({ identity: "john@example.com", roleSid });
  await invites(invite.sid).fetch();
  await invites.list({ identity: ["john@example.com"], pageSize: 1 });
  await invites(invite.sid).remove();
}

async function walkUserChannel(
  userChannel: ReturnType<ReturnType<Service["users"]>["userChannels"]>,
): Promise<void> {
  await userChannel.fetch();
  await userChannel.update({
    notificationLevel: "muted",
    lastConsumedMessageIndex: 0,
    lastConsumptionTimestamp: new Date("2026-01-02T03:04:05Z"),
  });
}

async function walkPush(client: Twilio, serviceSid: string, userSid: string): Promise<void> {
  const { credentials } = client.chat.v2;
  const apple = await credentials.create({
    type: "apn",
    friendlyName: "Apple",
    certificate: "-----BEGIN CERTIFICATE-----",
    privateKey: "-----BEGIN RSA PRIVATE KEY-----",
    sandbox: true,
  });
  const firebase = await credentials.create({ type: "fcm", friendlyName: "Firebase", secret: "key" });
  const google = await credentials.create({ type: "gcm", friendlyName: "Google", apiKey: "key" });
  await credentials(apple.sid).fetch();
  await credentials(apple.sid).update({
    friendlyName: "Apple's",
    certificate: "-----BEGIN CERTIFICATE-----",
    privateKey: "-----BEGIN RSA PRIVATE KEY-----",
    sandbox: false,
  });
  await credentials(firebase.sid).update({ secret: "other" });
  await credentials(google.sid).update({ apiKey: "other" });
  await credentials.list({ pageSize: 1 });

  const { bindings, users } = client.chat.v2.services(serviceSid);
  const { userBindings } = users(userSid);
  const phone = await registerDevice(client, serviceSid, apple.sid, "phone");
  const tablet = await registerDevice(client, serviceSid, firebase.sid, "tablet");
  await bindings(phone).fetch();
  await bindings.list({ bindingType: ["apn"], identity: ["jane@example.com"], pageSize: 1 });
  await userBindings(tablet).fetch();
  await userBindings.list({ bindingType: ["fcm"], pageSize: 1 });
  await bindings(phone).remove();
  await userBindings(tablet).remove();
  for (const { sid } of [apple, firebase, google]) await credentials(sid).remove();
}

/** What a chat client does: the API can't. */
export async function registerDevice(
  client: Twilio,
  serviceSid: string,
  credentialSid: string,
  endpoint: string,
): Promise<string> {
  const { body } = await client.request({
    method: "post",
    uri: "https://chat.twilio.com/_emulator/bindings",
    headers: { "Content-Type": "application/json" },
    data: { serviceSid, identity: "jane@example.com", endpoint, credentialSid },
  });
  return (body as { sid: string }).sid;
}

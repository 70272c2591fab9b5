import type { Twilio } from "twilio";

/** Creates, reads, lists, updates and deletes each Conversations resource, with every parameter. */
export async function walkConversations(client: Twilio): Promise<void> {
  await walkAddresses(client);
  await walkConfiguration(client);
  const { services } = client.conversations.v1;
  const { sid } = await services.create({ friendlyName: "Walk" });
  await services(sid).fetch();
  await services.list({ pageSize: 1 });
  await walkServiceSettings(client, sid);
  const { configuration: settings, roles, users } = client.conversations.v1;
  // The SDK has classes of their own for both forms of paths, which take the same.
  const inService = services(sid) as unknown as Conversations;
  await walkRoles(inService.roles);
  await walkUsers(inService.users, inService.roles);
  // The same without the service in the path, which is the default one then.
  await settings().update({ defaultChatServiceSid: sid });
  await walkRoles(roles);
  await walkUsers(users, roles);
  await services(sid).remove();
}

type Conversations = Twilio["conversations"]["v1"];

async function walkRoles(roles: Conversations["roles"]): Promise<void> {
  const { sid } = await roles.create({
    friendlyName: "agent",
    type: "conversation",
    permission: ["sendMessage", "leaveConversation"],
  });
  await roles(sid).fetch();
  await roles(sid).update({ permission: ["sendMediaMessage"] });
  await roles.list({ pageSize: 1 });
  await roles(sid).remove();
}

async function walkUsers(users: Conversations["users"], roles: Conversations["roles"]): Promise<void> {
  const admin = await roles.create({
    friendlyName: "admin",
    type: "service",
    permission: ["createConversation"],
  });
  const { sid } = await users.create({
    identity: "ann",
    friendlyName: "Ann",
    attributes: '{"team":"billing"}',
    roleSid: admin.sid,
    xTwilioWebhookEnabled: "true",
  });
  await users(sid).fetch();
  await users("ann").fetch();
  await users(sid).update({ friendlyName: "A", attributes: "{}", roleSid: admin.sid });
  await users.list({ pageSize: 1 });
  await users(sid).remove();
}

async function walkConfiguration(client: Twilio): Promise<void> {
  const { configuration, services } = client.conversations.v1;
  const chosen = await services.create({ friendlyName: "Default" });
  await configuration().fetch();
  await configuration().update({
    defaultChatServiceSid: chosen.sid,
    defaultMessagingServiceSid: `MG${"1".repeat(32)}`,
    defaultInactiveTimer: "PT1M",
    defaultClosedTimer: "P1DT30M",
  });
  await configuration.webhooks().fetch();
  await configuration.webhooks().update({
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    method: "GET",
    filters: ["onMessageAdd", "onConversationUpdated"],
    target: "flex",
  });
  await configuration
    .webhooks()
    .update({ preWebhookUrl: "", postWebhookUrl: "", filters: [], target: "webhook" });
}

async function walkServiceSettings(client: Twilio, serviceSid: string): Promise<void> {
  const { configuration } = client.conversations.v1.services(serviceSid);
  const settings = await configuration().fetch();
  await configuration().update({
    defaultConversationCreatorRoleSid: settings.defaultConversationRoleSid,
    defaultConversationRoleSid: settings.defaultConversationCreatorRoleSid,
    defaultChatServiceRoleSid: settings.defaultChatServiceRoleSid,
    reachabilityEnabled: true,
  });
  await configuration.notifications().fetch();
  await configuration.notifications().update({
    logEnabled: true,
    "newMessage.enabled": true,
    "newMessage.template": "${PARTICIPANT}: ${MESSAGE}",
    "newMessage.sound": "ping",
    "newMessage.badgeCountEnabled": true,
    "newMessage.withMedia.enabled": true,
    "newMessage.withMedia.template": "${MEDIA_COUNT} files",
    "addedToConversation.enabled": true,
    "addedToConversation.template": "added",
    "addedToConversation.sound": "ding",
    "removedFromConversation.enabled": true,
    "removedFromConversation.template": "removed",
    "removedFromConversation.sound": "dong",
  });
  await configuration.webhooks().fetch();
  await configuration.webhooks().update({
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    filters: ["onMessageRemove", "onParticipantAdded"],
    method: "POST",
  });
}

async function walkAddresses(client: Twilio): Promise<void> {
  const { addressConfigurations } = client.conversations.v1;
  const service = await client.chat.v2.services.create({ friendlyName: "Conversations" });
  const { sid: numberSid, phoneNumber } = await client.incomingPhoneNumbers.create({ areaCode: "628" });
  const toWebhook = {
    friendlyName: "Support",
    "autoCreation.enabled": true,
    "autoCreation.type": "webhook",
    "autoCreation.conversationServiceSid": service.sid,
    "autoCreation.webhookUrl": "https://example.com/hook",
    "autoCreation.webhookMethod": "post",
    "autoCreation.webhookFilters": ["onMessageAdded", "onParticipantAdded"],
  } as const;
  const toStudio = {
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": `FW${"1".repeat(32)}`,
    "autoCreation.studioRetryCount": 3,
  } as const;
  const filters = { "autoCreation.webhookFilters": [...toWebhook["autoCreation.webhookFilters"]] };
  const created = await addressConfigurations.create({
    type: "sms",
    address: phoneNumber,
    ...toWebhook,
    ...filters,
  });
  const byFlow = await addressConfigurations.create({
    type: "whatsapp",
    address: "whatsapp:+14155550142",
    addressCountry: "US",
    ...toStudio,
  });
  await addressConfigurations(created.sid).fetch();
  await addressConfigurations(phoneNumber).fetch();
  await addressConfigurations.list({ type: "sms", pageSize: 1 });
  await addressConfigurations(created.sid).update({
    ...toStudio,
    "autoCreation.enabled": false,
    "autoCreation.conversationServiceSid": "",
  });
  await addressConfigurations(byFlow.sid).update({ ...toWebhook, ...filters });
  await addressConfigurations(byFlow.sid).remove();
  await client.incomingPhoneNumbers(numberSid).remove();
}

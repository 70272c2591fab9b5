import type { Twilio } from "twilio";
import { registerDevice } from "./chat.ts";

/** Creates, reads, lists, updates and deletes each Conversations resource, with every parameter. */
export async function walkConversations(client: Twilio): Promise<void> {
  await walkAddresses(client);
  await walkConfiguration(client);
  await walkPush(client);
  const { services } = client.conversations.v1;
  const { sid } = await services.create({ friendlyName: "Walk" });
  await services(sid).fetch();
  await services.list({ pageSize: 1 });
  await walkServiceSettings(client, sid);
  const { configuration: settings, conversations, roles, users } = client.conversations.v1;
  // The SDK has classes of their own for both forms of paths, which take the same.
  const inService = services(sid) as unknown as Conversations;
  await walkRoles(inService.roles);
  await walkUsers(inService.users, inService.roles);
  await walkConversation(inService.conversations);
  await walkParticipants(client, inService);
  // The same without the service in the path, which is the default one then.
  await settings().update({ defaultChatServiceSid: sid });
  await walkRoles(roles);
  await walkUsers(users, roles);
  await walkConversation(conversations);
  await walkParticipants(client, client.conversations.v1);
  await services(sid).remove();
}

type Conversations = Twilio["conversations"]["v1"];

const moments = {
  dateCreated: new Date("2026-01-02T03:04:05Z"),
  dateUpdated: new Date("2026-01-02T03:04:06Z"),
};

async function walkConversation(conversations: Conversations["conversations"]): Promise<void> {
  const options = {
    friendlyName: "Order 7",
    uniqueName: "order-7",
    attributes: '{"order":7}',
    messagingServiceSid: `MG${"1".repeat(32)}`,
    state: "inactive",
    "timers.inactive": "PT1M",
    "timers.closed": "PT10M",
    "bindings.email.address": "orders@example.com",
    "bindings.email.name": "Orders",
    ...moments,
  } as const;
  const { sid } = await conversations.create({ ...options, xTwilioWebhookEnabled: "true" });
  const conversation = conversations(sid);
  await conversation.fetch();
  await conversations("order-7").fetch();
  await conversation.update({ ...options, state: "active" });
  await conversations.list({ startDate: "2026-01-01", endDate: "2026-01-03", state: "active", pageSize: 1 });
  await conversation.update({ state: "closed" });
  await conversation.remove();
}

async function walkParticipants(
  client: Twilio,
  { conversations, conversationWithParticipants, participantConversations, users }: Conversations,
): Promise<void> {
  const { sid: numberSid, phoneNumber } = await client.incomingPhoneNumbers.create({ areaCode: "629" });
  const other = await client.incomingPhoneNumbers.create({ areaCode: "629" });
  const { sid } = await conversations.create();
  const { participants, messages, webhooks } = conversations(sid);
  const common = { attributes: '{"role":"driver"}', ...moments };
  const customer = await participants.create({
    "messagingBinding.address": "+14155550199",
    "messagingBinding.proxyAddress": phoneNumber,
    ...common,
    xTwilioWebhookEnabled: "true",
  });
  const agent = await participants.create({ identity: "ann", ...common });
  const { roleSid } = await participants.create({
    identity: "bob",
    "messagingBinding.projectedAddress": other.phoneNumber,
    roleSid: agent.roleSid,
  });
  await participants(customer.sid).fetch();
  await participants("ann").fetch();
  await participants.list({ pageSize: 1 });
  await participants(customer.sid).update({ "messagingBinding.proxyAddress": other.phoneNumber });
  await participants(agent.sid).update({
    identity: "anne",
    roleSid,
    lastReadMessageIndex: 0,
    lastReadTimestamp: "2026-01-02T03:04:05Z",
    "messagingBinding.projectedAddress": "+14155550142",
    ...common,
  });
  await participants("anne").update({ "messagingBinding.projectedAddress": "null" });

  const message = await messages.create({
    author: "anne",
    body: "Hello",
    subject: "Hi",
    ...common,
    xTwilioWebhookEnabled: "true",
  });
  await messages.create({ author: "+14155550199", body: "Yes?" });
  await messages(message.sid).fetch();
  const [receipt] = await messages(message.sid).deliveryReceipts.list({ pageSize: 1 });
  await messages(message.sid)
    .deliveryReceipts(receipt?.sid ?? "")
    .fetch();
  await messages(message.sid).update({ author: "ann", body: "Hello!", subject: "Hi!", ...common });
  await messages.list({ order: "desc", pageSize: 1 });
  await messages(message.sid).remove();
  await walkWebhooks(webhooks);

  await walkUserConversation(users("anne").userConversations, sid);
  await participants.create({ identity: "gone" });
  await users("gone").userConversations(sid).remove();
  await participantConversations.list({ identity: "anne", pageSize: 1 });
  await participantConversations.list({ address: "+14155550199" });
  await participants(agent.sid).remove();
  await conversations(sid).remove();
  const whole = await conversationWithParticipants.create({
    friendlyName: "Order 8",
    uniqueName: "order-8",
    attributes: '{"order":8}',
    messagingServiceSid: `MG${"1".repeat(32)}`,
    state: "active",
    "timers.inactive": "PT1M",
    "timers.closed": "PT10M",
    "bindings.email.address": "orders@example.com",
    "bindings.email.name": "Orders",
    ...moments,
    participant: [
      JSON.stringify({ identity: "ann" }),
      JSON.stringify({ messaging_binding: { address: "+14155550199", proxy_address: phoneNumber } }),
    ],
  });
  await conversations(whole.sid).remove();
  for (const number of [numberSid, other.sid]) await client.incomingPhoneNumbers(number).remove();
}

async function walkUserConversation(
  conversations: ReturnType<Conversations["users"]>["userConversations"],
  sid: string,
): Promise<void> {
  await conversations(sid).fetch();
  await conversations(sid).update({
    notificationLevel: "muted",
    lastReadTimestamp: new Date("2026-01-02T03:04:05Z"),
    lastReadMessageIndex: 0,
  });
  await conversations.list({ pageSize: 1 });
}

async function walkPush(client: Twilio): Promise<void> {
  const { credentials, services } = client.conversations.v1;
  const secrets = { certificate: "certificate", privateKey: "key", sandbox: true };
  const other = { apiKey: "key", secret: "secret" };
  const apple = await credentials.create({ type: "apn", friendlyName: "Phones", ...secrets, ...other });
  await credentials(apple.sid).fetch();
  await credentials(apple.sid).update({ type: "apn", friendlyName: "All phones", ...secrets, ...other });
  await credentials.list({ pageSize: 1 });
  const service = await services.create({ friendlyName: "Push" });
  const phone = await registerDevice(client, service.sid, apple.sid, "phone");
  const { bindings } = services(service.sid);
  await bindings(phone).fetch();
  await bindings.list({ bindingType: ["apn"], identity: ["jane@example.com"], pageSize: 1 });
  await bindings(phone).remove();
  await credentials(apple.sid).remove();
}

async function walkWebhooks(webhooks: ReturnType<Conversations["conversations"]>["webhooks"]): Promise<void> {
  const toUrl = {
    "configuration.url": "https://example.com/hook",
    "configuration.method": "get",
    "configuration.filters": ["onMessageAdded", "onParticipantRemoved"],
  } as const;
  const filters = { "configuration.filters": [...toUrl["configuration.filters"]] };
  const { sid } = await webhooks.create({ target: "webhook", ...toUrl, ...filters });
  const trigger = await webhooks.create({
    target: "trigger",
    "configuration.url": "https://example.com/trigger",
    "configuration.triggers": ["help"],
  });
  const studio = await webhooks.create({
    target: "studio",
    "configuration.flowSid": `FW${"1".repeat(32)}`,
    "configuration.replayAfter": 0,
  });
  await webhooks(sid).fetch();
  await webhooks.list({ pageSize: 1 });
  await webhooks(sid).update({ ...toUrl, ...filters, "configuration.method": "post" });
  await webhooks(trigger.sid).update({ "configuration.triggers": ["help", "agent"] });
  await webhooks(studio.sid).update({ "configuration.flowSid": `FW${"2".repeat(32)}` });
  await webhooks(sid).remove();
}

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
    identity: "jo",
    friendlyName: "Jo",
    attributes: '{"team":"billing"}',
    roleSid: admin.sid,
    xTwilioWebhookEnabled: "true",
  });
  await users(sid).fetch();
  await users("jo").fetch();
  await users(sid).update({ friendlyName: "J", attributes: "{}", roleSid: admin.sid });
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

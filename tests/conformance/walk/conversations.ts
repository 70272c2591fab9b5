import type { Twilio } from "twilio";

/** Creates, reads, lists, updates and deletes each Conversations resource, with every parameter. */
export async function walkConversations(client: Twilio): Promise<void> {
  await walkAddresses(client);
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

import type { Twilio } from "twilio";

/** Creates, reads, lists, updates and deletes a Messaging Service and its numbers, with every parameter. */
export async function walkMessaging(client: Twilio): Promise<void> {
  const { services } = client.messaging.v1;
  const created = await services.create({
    friendlyName: "Walk",
    inboundRequestUrl: "https://example.com/in",
    inboundMethod: "GET",
    fallbackUrl: "https://example.com/fallback",
    fallbackMethod: "GET",
    statusCallback: "https://example.com/status",
    stickySender: false,
    mmsConverter: false,
    smartEncoding: false,
    scanMessageContent: "disable",
    fallbackToLongCode: true,
    areaCodeGeomatch: false,
    validityPeriod: 600,
    synchronousValidation: true,
    usecase: "notifications",
    useInboundWebhookOnNumber: true,
  });
  const service = services(created.sid);
  await service.fetch();
  await services.list({ pageSize: 1 });
  await service.update({
    friendlyName: "Walked",
    inboundRequestUrl: "",
    inboundMethod: "POST",
    fallbackUrl: "",
    fallbackMethod: "POST",
    statusCallback: "",
    stickySender: true,
    mmsConverter: true,
    smartEncoding: true,
    scanMessageContent: "inherit",
    fallbackToLongCode: false,
    areaCodeGeomatch: true,
    validityPeriod: 14400,
    synchronousValidation: false,
    usecase: "marketing",
    useInboundWebhookOnNumber: false,
  });
  const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+15017122664" });
  await service.phoneNumbers.create({ phoneNumberSid: number.sid });
  await service.phoneNumbers(number.sid).fetch();
  await service.phoneNumbers.list({ pageSize: 1 });
  await service.phoneNumbers(number.sid).remove();
  await client.incomingPhoneNumbers(number.sid).remove();
  await service.remove();
}

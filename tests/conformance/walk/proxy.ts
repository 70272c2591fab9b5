import type { Twilio } from "twilio";

/** Creates, reads, lists, updates and deletes each Proxy resource, with every parameter. */
export async function walkProxy(client: Twilio): Promise<void> {
  const { services } = client.proxy.v1;
  const chat = await client.chat.v2.services.create({ friendlyName: "Proxied" });
  const created = await services.create({
    uniqueName: "walk",
    defaultTtl: 3600,
    callbackUrl: "https://example.com/callback",
    geoMatchLevel: "country",
    numberSelectionBehavior: "prefer-sticky",
    interceptCallbackUrl: "https://example.com/intercept",
    outOfSessionCallbackUrl: "https://example.com/out",
    chatInstanceSid: chat.sid,
  });
  const service = services(created.sid);
  await service.fetch();
  await services.list({ pageSize: 1 });
  await service.update({
    uniqueName: "walked",
    defaultTtl: 0,
    callbackUrl: "",
    geoMatchLevel: "area-code",
    numberSelectionBehavior: "avoid-sticky",
    interceptCallbackUrl: "",
    outOfSessionCallbackUrl: "",
    chatInstanceSid: chat.sid,
  });

  const bought = await client.incomingPhoneNumbers.create({ phoneNumber: "+15017122661" });
  const other = await client.incomingPhoneNumbers.create({ phoneNumber: "+15017122662" });
  const number = await service.phoneNumbers.create({ sid: bought.sid, isReserved: true });
  const second = await service.phoneNumbers.create({ phoneNumber: other.phoneNumber });
  await service.phoneNumbers(number.sid).fetch();
  await service.phoneNumbers(number.sid).update({ isReserved: false });
  await service.phoneNumbers.list({ pageSize: 1 });
  for (const { sid } of [number, second]) {
    await service.phoneNumbers(sid).remove();
    await client.incomingPhoneNumbers(sid).remove();
  }
  await service.remove();
  await client.chat.v2.services(chat.sid).remove();
}

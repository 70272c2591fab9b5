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
  await walkSessions(client, service, number.phoneNumber);
  for (const { sid } of [number, second]) {
    await service.phoneNumbers(sid).remove();
    await client.incomingPhoneNumbers(sid).remove();
  }
  await service.remove();
  await client.chat.v2.services(chat.sid).remove();
}

async function walkSessions(
  client: Twilio,
  service: ReturnType<Twilio["proxy"]["v1"]["services"]>,
  proxyNumber: string,
): Promise<void> {
  const created = await service.sessions.create({
    uniqueName: "conversation",
    dateExpiry: new Date("2030-01-01T00:00:00Z"),
    ttl: 3600,
    mode: "message-only",
    status: "open",
    participants: [{ Identifier: "+15017122670" }].map((one) => JSON.stringify(one)),
  });
  const session = service.sessions(created.sid);
  const [first] = await session.participants.list({ pageSize: 1 });
  const second = await session.participants.create({
    identifier: "+15017122671",
    friendlyName: "Second",
    proxyIdentifier: proxyNumber,
  });
  const participant = session.participants(second.sid);
  await participant.fetch();
  const sent = await participant.messageInteractions.create({
    body: "Hello",
    mediaUrl: ["https://example.com/a.png"],
  });
  await participant.messageInteractions(sent.sid).fetch();
  await participant.messageInteractions.list({ pageSize: 1 });
  await session.interactions(sent.sid).fetch();
  await session.interactions.list({ pageSize: 1 });
  await session.interactions(sent.sid).remove();
  await session.participants(first?.sid ?? "").remove();
  const [{ sid: bySid = "" } = {}] = await service.phoneNumbers.list({ limit: 1 });
  await session.participants.create({ identifier: "+15017122672", proxyIdentifierSid: bySid });
  await session.fetch();
  await session.update({ ttl: 60, dateExpiry: new Date("2031-01-01T00:00:00Z") });
  await session.update({ status: "closed" });
  await service.sessions.list({ pageSize: 1 });
  await session.remove();
}

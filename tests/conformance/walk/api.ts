import type { Twilio } from "twilio";

/** Reads and renames the account, and walks through its API keys and phone numbers of all kinds. */
export async function walkApi(client: Twilio): Promise<void> {
  const { accounts } = client.api.v2010;
  const { friendlyName } = await accounts(client.accountSid).fetch();
  await accounts(client.accountSid).update({ friendlyName: "Walked", status: "active" });
  await accounts.list({ friendlyName: "Walked", status: "active", pageSize: 1 });
  await accounts(client.accountSid).update({ friendlyName });

  const key = await client.newKeys.create({ friendlyName: "Deployment" });
  await client.keys(key.sid).fetch();
  await client.keys(key.sid).update({ friendlyName: "Continuous deployment" });
  await client.keys.list({ pageSize: 1 });
  await client.keys(key.sid).remove();

  await client.availablePhoneNumbers.list({ pageSize: 1 });
  const country = client.availablePhoneNumbers("US");
  await country.fetch();
  const anywhere = {
    contains: "555",
    smsEnabled: true,
    mmsEnabled: true,
    voiceEnabled: true,
    faxEnabled: false,
    excludeAllAddressRequired: true,
    excludeLocalAddressRequired: true,
    excludeForeignAddressRequired: true,
    beta: true,
    pageSize: 1,
    limit: 2,
  } as const;
  const inSanFrancisco = {
    inRegion: "CA",
    inLocality: "San Francisco",
    inRateCenter: "SAN FRANCISCO",
    inLata: "722",
    inPostalCode: "94103",
    distance: 50,
  };
  const somewhere = { ...anywhere, areaCode: 415, ...inSanFrancisco } as const;
  await country.local.list({ ...somewhere, nearNumber: "+14155550100" });
  await country.local.list({ ...anywhere, nearLatLong: "37.77,-122.42" });
  const elsewhere = { ...inSanFrancisco, nearNumber: "+14155550100", nearLatLong: "37.77,-122.42" };
  await country.tollFree.list({ ...anywhere, areaCode: 800, ...elsewhere });
  await client.availablePhoneNumbers("GB").mobile.list({ ...anywhere, areaCode: 800, ...elsewhere });

  const { incomingPhoneNumbers: numbers } = client;
  const settings = {
    friendlyName: "Main line",
    smsUrl: "https://example.com/sms",
    smsMethod: "GET",
    smsFallbackUrl: "https://example.com/sms-fallback",
    smsFallbackMethod: "GET",
    statusCallback: "https://example.com/status",
    statusCallbackMethod: "GET",
    voiceUrl: "https://example.com/voice",
    voiceMethod: "GET",
    voiceFallbackUrl: "https://example.com/voice-fallback",
    voiceFallbackMethod: "GET",
    voiceCallerIdLookup: true,
    voiceReceiveMode: "voice",
    emergencyStatus: "Inactive",
  } as const;
  const number = await numbers.create({ phoneNumber: "+15017122663", ...settings });
  const local = await numbers.create({ areaCode: "501" });
  await numbers(number.sid).fetch();
  await numbers(number.sid).update({ ...settings, friendlyName: "Second line", smsMethod: "POST" });
  await numbers(number.sid).update({ smsUrl: "", smsFallbackUrl: "", statusCallback: "", voiceUrl: "" });
  await numbers.list({
    pageSize: 1,
    phoneNumber: "+15017122663",
    friendlyName: "Second line",
    beta: false,
    origin: "twilio",
  });

  const kinds = [
    await numbers.local.create({ phoneNumber: "+15017122665", ...settings }),
    await numbers.mobile.create({ phoneNumber: "+447400123456", ...settings }),
    await numbers.tollFree.create({ phoneNumber: "+18005550100", ...settings }),
  ];
  const filter = { beta: false, friendlyName: "Main line", origin: "twilio", pageSize: 1 };
  await numbers.local.list({ phoneNumber: "+15017122665", ...filter });
  await numbers.mobile.list({ phoneNumber: "+447400123456", ...filter });
  await numbers.tollFree.list({ phoneNumber: "+18005550100", ...filter });
  for (const { sid } of [number, local, ...kinds]) await numbers(sid).remove();

  await walkMessages(client);
}

async function walkMessages(client: Twilio): Promise<void> {
  const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+15017122668" });
  const service = await client.messaging.v1.services.create({ friendlyName: "Walked" });
  await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: number.sid });
  const options = {
    to: "+15017122669",
    body: "Hello",
    mediaUrl: ["https://example.com/a.png"],
    statusCallback: "http://127.0.0.1:9/status",
    maxPrice: 1,
    provideFeedback: true,
    attempt: 1,
    validityPeriod: 60,
    forceDelivery: true,
    contentRetention: "retain",
    addressRetention: "retain",
    smartEncoded: true,
    persistentAction: ["geo:1,2"],
    trafficType: "free",
    shortenUrls: true,
    sendAsMms: true,
    contentVariables: "{}",
    riskCheck: "enable",
    messageIntent: "notifications",
    fallbackFrom: number.phoneNumber,
  } as const;
  const message = await client.messages.create({
    from: number.phoneNumber,
    ...options,
    mediaUrl: [...options.mediaUrl],
    persistentAction: [...options.persistentAction],
  });
  await client.messages.create({ messagingServiceSid: service.sid, to: options.to, body: "By the service" });
  await client.messages(message.sid).fetch();
  const day = new Date("2100-01-01T00:00:00Z");
  await client.messages.list({
    to: options.to,
    from: number.phoneNumber,
    dateSent: day,
    dateSentBefore: day,
    dateSentAfter: day,
    pageSize: 1,
  });
  const media = client.messages(message.sid).media;
  const [picture] = await media.list({ pageSize: 1 });
  await media.list({ dateCreated: day, dateCreatedBefore: day, dateCreatedAfter: day });
  await media(picture?.sid ?? "").fetch();
  await media(picture?.sid ?? "").remove();
  let { status } = message;
  while (status !== "delivered") ({ status } = await client.messages(message.sid).fetch());
  await client.messages(message.sid).update({ body: "" });
  await client.messages(message.sid).remove();
  await client.messaging.v1.services(service.sid).remove();
  await client.incomingPhoneNumbers(number.sid).remove();
}

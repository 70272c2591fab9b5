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
}

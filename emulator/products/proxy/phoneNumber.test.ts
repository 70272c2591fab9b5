import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const demo = {
  smsUrl: "https://demo.twilio.com/welcome/sms/reply/",
  voiceUrl: "https://demo.twilio.com/welcome/voice/",
};
let serviceSid = "";
let made = 0;
const service = () => local.client.proxy.v1.services(serviceSid);
const numbers = () => `https://proxy.twilio.com/v1/Services/${serviceSid}/PhoneNumbers`;
const buy = () =>
  local.client.incomingPhoneNumbers.create({
    phoneNumber: `+1415555${String(++made).padStart(4, "0")}`,
    smsUrl: "https://example.com/sms",
    smsMethod: "GET",
    voiceUrl: "https://example.com/voice",
  });
const webhooks = (sid: string) =>
  `https://webhooks.twilio.com/v1/Accounts/${local.emulator.accountSid}/Proxy/${sid}/Webhooks`;

beforeEach(async () => {
  serviceSid = (await local.client.proxy.v1.services.create({ uniqueName: `pool ${++made}` })).sid;
});

test("a number is added by SID, keeps it, and sends its messages and calls to Proxy from then on", async () => {
  const bought = await buy();
  const { status, body } = await local.send("POST", numbers(), { form: { Sid: bought.sid } });
  expect(status).toBe(201);
  expect(body).toEqual({
    sid: bought.sid,
    account_sid: local.emulator.accountSid,
    service_sid: serviceSid,
    phone_number: bought.phoneNumber,
    friendly_name: bought.friendlyName,
    iso_country: "US",
    capabilities: {
      sms_inbound: true,
      sms_outbound: true,
      mms_inbound: true,
      mms_outbound: true,
      voice_inbound: true,
      voice_outbound: true,
    },
    is_reserved: false,
    in_use: 0,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${numbers()}/${bought.sid}`,
  });
  expect(await local.client.incomingPhoneNumbers(bought.sid).fetch()).toMatchObject({
    smsUrl: `${webhooks(serviceSid)}/Message`,
    smsMethod: "POST",
    voiceUrl: `${webhooks(serviceSid)}/Call`,
    voiceMethod: "POST",
  });
});

test("a number is added by its digits, and may be reserved", async () => {
  const { phoneNumber, sid } = await buy();
  expect(await service().phoneNumbers.create({ phoneNumber, isReserved: true })).toMatchObject({
    sid,
    phoneNumber,
    isReserved: true,
  });
  expect((await service().phoneNumbers(sid).update({ isReserved: false })).isReserved).toBe(false);
});

test("removal leaves Twilio's demo, not what was there before", async () => {
  const { sid } = await buy();
  await service().phoneNumbers.create({ sid });
  expect(await service().phoneNumbers(sid).remove()).toBe(true);
  expect(await local.client.incomingPhoneNumbers(sid).fetch()).toMatchObject(demo);
  await expect(service().phoneNumbers(sid).fetch()).rejects.toMatchObject({
    status: 400,
    code: 80407,
    message: "Invalid Phone Number Sid",
  });
});

test("deleting the service lets its numbers go", async () => {
  const { sid } = await buy();
  await service().phoneNumbers.create({ sid });
  await service().remove();
  expect(await local.client.incomingPhoneNumbers(sid).fetch()).toMatchObject(demo);
  const other = await local.client.proxy.v1.services.create({ uniqueName: `pool ${++made}` });
  expect((await local.client.proxy.v1.services(other.sid).phoneNumbers.create({ sid })).sid).toBe(sid);
});

test("a number that leaves the account leaves the pool", async () => {
  const { sid } = await buy();
  await service().phoneNumbers.create({ sid });
  await local.client.incomingPhoneNumbers(sid).remove();
  expect(await service().phoneNumbers.list()).toEqual([]);
});

test("a number is in one pool, once", async () => {
  const { sid } = await buy();
  await service().phoneNumbers.create({ sid });
  await expect(service().phoneNumbers.create({ sid })).rejects.toMatchObject({
    status: 400,
    code: 80104,
    message: "PhoneNumber has already been added to Service",
  });
  const other = await local.client.proxy.v1.services.create({ uniqueName: `pool ${++made}` });
  await expect(local.client.proxy.v1.services(other.sid).phoneNumbers.create({ sid })).rejects.toMatchObject({
    status: 400,
    code: 80101,
  });
});

test.each([
  [{}, 20001, "Missing required parameter Sid or PhoneNumber in the post body"],
  [{ Sid: "PN1" }, 20001, 'Sid must be a SID that starts with PN, got "PN1"'],
  [
    { Sid: `PN${"0".repeat(32)}` },
    80301,
    `Phone Number PN${"0".repeat(32)} is not associated with the Account`,
  ],
  [{ PhoneNumber: "+14155559999" }, 80301, "Phone Number +14155559999 is not associated with the Account"],
])("refuses %j", async (form, code, message) => {
  expect(await local.send("POST", numbers(), { form })).toMatchObject({
    status: 400,
    body: { code, message },
  });
});

test("a number that a session uses is counted and stays until the session is over", async () => {
  const { sid, phoneNumber } = await buy();
  await service().phoneNumbers.create({ sid });
  const session = await service().sessions.create({ mode: "message-only" });
  const participants = service().sessions(session.sid).participants;
  await participants.create({ identifier: "+14155550100", proxyIdentifier: phoneNumber });
  await participants.create({ identifier: "+14155550101", proxyIdentifier: phoneNumber });
  expect((await service().phoneNumbers(sid).fetch()).inUse).toBe(1);
  await expect(service().phoneNumbers(sid).remove()).rejects.toMatchObject({ status: 400, code: 80611 });
  await service().sessions(session.sid).update({ status: "closed" });
  expect((await service().phoneNumbers(sid).fetch()).inUse).toBe(0);
  expect(await service().phoneNumbers(sid).remove()).toBe(true);
});

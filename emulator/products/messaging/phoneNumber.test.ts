import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
let serviceSid = "";
let numberSid = "";
let made = 0;
const newService = async () =>
  (await local.client.messaging.v1.services.create({ friendlyName: "Pool" })).sid;
const pool = (sid = serviceSid) => local.client.messaging.v1.services(sid).phoneNumbers;
const numbers = () => `https://messaging.twilio.com/v1/Services/${serviceSid}/PhoneNumbers`;

beforeEach(async () => {
  serviceSid = await newService();
  const phoneNumber = `+1604555${String(++made).padStart(4, "0")}`;
  numberSid = (await local.client.incomingPhoneNumbers.create({ phoneNumber })).sid;
});

test("a number is added by SID and keeps it", async () => {
  const { status, body } = await local.send("POST", numbers(), { form: { PhoneNumberSid: numberSid } });
  expect(status).toBe(201);
  expect(body).toEqual({
    sid: numberSid,
    account_sid: local.emulator.accountSid,
    service_sid: serviceSid,
    phone_number: `+1604555${String(made).padStart(4, "0")}`,
    country_code: "CA",
    capabilities: ["MMS", "SMS", "Voice"],
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${numbers()}/${numberSid}`,
  });
});

test("a number is in one service, once", async () => {
  await pool().create({ phoneNumberSid: numberSid });
  await expect(pool().create({ phoneNumberSid: numberSid })).rejects.toMatchObject({
    status: 409,
    code: 21710,
  });
  const other = await newService();
  await expect(pool(other).create({ phoneNumberSid: numberSid })).rejects.toMatchObject({
    status: 409,
    code: 21712,
  });
  expect(await pool()(numberSid).remove()).toBe(true);
  expect((await pool(other).create({ phoneNumberSid: numberSid })).sid).toBe(numberSid);
});

test("a number may be in a Proxy pool as well", async () => {
  const proxy = await local.client.proxy.v1.services.create({ uniqueName: "Flex" });
  await local.client.proxy.v1.services(proxy.sid).phoneNumbers.create({ sid: numberSid });
  expect((await pool().create({ phoneNumberSid: numberSid })).sid).toBe(numberSid);
});

test("numbers leave the service with it, and with the account", async () => {
  await pool().create({ phoneNumberSid: numberSid });
  await local.client.incomingPhoneNumbers(numberSid).remove();
  expect(await pool().list()).toEqual([]);
});

test.each([
  [{}, "Missing required parameter PhoneNumberSid in the post body"],
  [
    { PhoneNumberSid: "+14155550100" },
    'PhoneNumberSid must be a SID that starts with PN, got "+14155550100"',
  ],
  [
    { PhoneNumberSid: `PN${"0".repeat(32)}` },
    `Phone number PN${"0".repeat(32)} does not exist in this account`,
  ],
])("refuses %j", async (form, message) => {
  expect(await local.send("POST", numbers(), { form })).toMatchObject({
    status: 400,
    body: { code: 20001, message },
  });
});

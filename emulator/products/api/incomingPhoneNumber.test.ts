import { describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.UTC(2015, 6, 30, 23, 19, 4) });
const account = "/2010-04-01/Accounts/AC10ca1000000000000000000000000000";
const url = `https://api.twilio.com${account}/IncomingPhoneNumbers`;
const numbers = () => local.client.incomingPhoneNumbers;

describe("create", () => {
  test("buys a number, unset URLs empty", async () => {
    const { status, body } = await local.send("POST", `${url}.json`, {
      form: { PhoneNumber: "+18089255327" },
    });
    const { sid } = body as { sid: string };
    expect(status).toBe(201);
    expect(sid).toMatch(/^PN[0-9a-f]{32}$/);
    expect(body).toEqual({
      sid,
      account_sid: local.emulator.accountSid,
      friendly_name: "(808) 925-5327",
      phone_number: "+18089255327",
      address_requirements: "none",
      address_sid: null,
      api_version: "2010-04-01",
      beta: false,
      bundle_sid: null,
      capabilities: { voice: true, sms: true, mms: true, fax: false },
      date_created: "Thu, 30 Jul 2015 23:19:04 +0000",
      date_updated: "Thu, 30 Jul 2015 23:19:04 +0000",
      emergency_address_sid: null,
      emergency_address_status: "unregistered",
      emergency_status: "Inactive",
      identity_sid: null,
      origin: "twilio",
      sms_application_sid: "",
      sms_fallback_method: "POST",
      sms_fallback_url: "",
      sms_method: "POST",
      sms_url: "",
      status: "in-use",
      type: "local",
      status_callback: "",
      status_callback_method: "POST",
      trunk_sid: null,
      uri: `${account}/IncomingPhoneNumbers/${sid}.json`,
      voice_application_sid: "",
      voice_caller_id_lookup: false,
      voice_fallback_method: "POST",
      voice_fallback_url: "",
      voice_method: "POST",
      voice_receive_mode: "voice",
      voice_url: "",
    });
  });

  test("by area code takes the next free number there", async () => {
    expect((await numbers().create({ areaCode: "212" })).phoneNumber).toBe("+12125550100");
    expect((await numbers().create({ areaCode: "212" })).phoneNumber).toBe("+12125550101");
  });

  test("names a foreign number by itself", async () => {
    expect((await numbers().create({ phoneNumber: "+447700900123" })).friendlyName).toBe("+447700900123");
  });

  test.each([
    [{}, 21421],
    [{ PhoneNumber: "4155550100" }, 21421],
    [{ PhoneNumber: "+15005550001" }, 21421],
    [{ PhoneNumber: "+15005550000" }, 21422],
    [{ PhoneNumber: "+18089255327" }, 21422],
    [{ AreaCode: "533" }, 21452],
    [{ AreaCode: "21" }, 21452],
    [{ PhoneNumber: "+12025550100", SmsMethod: "PUT" }, 20001],
    [{ PhoneNumber: "+12025550100", SmsUrl: "example.com" }, 21502],
    [{ PhoneNumber: "+12025550100", SmsFallbackUrl: "ftp://example.com" }, 21502],
    [{ PhoneNumber: "+12025550100", VoiceMethod: "PUT" }, 21403],
    [{ PhoneNumber: "+12025550100", VoiceUrl: "https://" }, 21402],
    [{ PhoneNumber: "+12025550100", VoiceFallbackUrl: "/voice" }, 21402],
    [{ PhoneNumber: "+12025550100", StatusCallback: "status" }, 21609],
  ])("refuses %j", async (form, code) => {
    expect(await local.send("POST", `${url}.json`, { form })).toMatchObject({
      status: 400,
      body: { code, status: 400 },
    });
  });
});

test("update sets and clears; delete gives the number back", async () => {
  const { sid } = await numbers().create({ phoneNumber: "+12065550110" });
  const given = { friendlyName: "Main line", smsUrl: "https://example.com/sms", smsMethod: "GET" } as const;
  expect(await numbers()(sid).update(given)).toMatchObject({ ...given, phoneNumber: "+12065550110" });
  expect(await numbers()(sid).update({ smsUrl: "" })).toMatchObject({ smsUrl: "", smsMethod: "GET" });
  expect(await numbers()(sid).remove()).toBe(true);
  await expect(numbers()(sid).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
    message: `The requested resource ${account}/IncomingPhoneNumbers/${sid}.json was not found`,
  });
  expect((await numbers().create({ phoneNumber: "+12065550110" })).sid).not.toBe(sid);
});

test("a number can't be moved to another account", async () => {
  const { sid } = await numbers().create({ phoneNumber: "+12065550111" });
  const other = `AC${"0".repeat(32)}`;
  await expect(numbers()(sid).update({ accountSid: other })).rejects.toMatchObject({
    status: 400,
    code: 20001,
  });
});

describe("list", () => {
  const found = async (filter: object): Promise<string[]> =>
    (await numbers().list(filter)).map(({ phoneNumber }) => phoneNumber);

  test("filters by whole and partial number, and by name", async () => {
    await numbers().create({ phoneNumber: "+13125550142", friendlyName: "Chicago" });
    await numbers().create({ phoneNumber: "+18005550199" });
    expect(await found({ phoneNumber: "+13125550142" })).toEqual(["+13125550142"]);
    expect(await found({ phoneNumber: "312555" })).toEqual(["+13125550142"]);
    expect(await found({ phoneNumber: "+13120000000" })).toEqual([]);
    expect(await found({ friendlyName: "Chicago" })).toEqual(["+13125550142"]);
    expect(await found({ origin: "hosted" })).toEqual([]);
    expect(await found({ beta: true })).toEqual([]);
  });

  test("by type", async () => {
    const numbersAt = async (list: { list(): Promise<{ phoneNumber: string }[]> }) =>
      (await list.list()).map(({ phoneNumber }) => phoneNumber);
    expect(await numbersAt(numbers().tollFree)).toEqual(["+18005550199"]);
    expect(await numbersAt(numbers().mobile)).toEqual(["+447700900123"]);
    expect(await numbersAt(numbers().local)).toContain("+13125550142");
    const typeOf = async (phoneNumber: string) => (await numbers().list({ phoneNumber }))[0]?.type;
    expect(await typeOf("+18005550199")).toBe("toll-free");
    expect(await typeOf("+447700900123")).toBe("mobile");
    expect(await typeOf("+13125550142")).toBe("local");
    expect((await numbers().tollFree.create({ phoneNumber: "+18885550100" })).phoneNumber).toBe(
      "+18885550100",
    );
    await expect(numbers().local.create({ phoneNumber: "+18885550101" })).rejects.toMatchObject({
      code: 21421,
    });
  });

  test("pages with relative addresses at the top level", async () => {
    const all = await found({});
    const first = await local.send("GET", `${url}.json?PageSize=2`);
    const page = first.body as Record<string, unknown>;
    const at = `${account}/IncomingPhoneNumbers.json?PageSize=2&Page=`;
    expect(page).toMatchObject({
      page: 0,
      page_size: 2,
      start: 0,
      end: 1,
      uri: `${at}0`,
      first_page_uri: `${at}0`,
      previous_page_uri: null,
    });
    expect(page["next_page_uri"]).toMatch(
      /^\/2010-04-01\/.*\.json\?PageSize=2&Page=1&PageToken=PAPN[0-9a-f]{32}$/,
    );
    expect(await found({ pageSize: 2 })).toEqual(all);
    const byNumber = await local.send("GET", `${url}.json?PageSize=2&Page=1`);
    const second = byNumber.body as { incoming_phone_numbers: { phone_number: string }[]; start: number };
    expect(second.incoming_phone_numbers.map(({ phone_number }) => phone_number)).toEqual(all.slice(2, 4));
    expect(second.start).toBe(2);
  });
});

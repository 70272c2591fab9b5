import { describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const available = (country = "US") => local.client.availablePhoneNumbers(country);
const base = () =>
  `https://api.twilio.com/2010-04-01/Accounts/${local.emulator.accountSid}/AvailablePhoneNumbers`;
const numbers = (found: readonly { phoneNumber: string }[]) => found.map(({ phoneNumber }) => phoneNumber);
const search = (given: Parameters<ReturnType<typeof available>["local"]["list"]>[0]) =>
  available().local.list(given);

test("a number is bought off the list, by SMS URL and all, and back on it once it is released", async () => {
  const [first] = await search({ areaCode: 415, smsEnabled: true, limit: 1 });
  expect(first).toMatchObject({
    phoneNumber: "+14155550100",
    friendlyName: "(415) 555-0100",
    locality: "San Francisco",
    region: "CA",
    postalCode: "94103",
    isoCountry: "US",
    latitude: "37.770000",
    longitude: "-122.420000",
    addressRequirements: "none",
    capabilities: { voice: true, sms: true, mms: true },
  });
  const bought = await local.client.incomingPhoneNumbers.create({
    phoneNumber: first?.phoneNumber ?? "",
    smsUrl: "https://example.com/sms",
  });
  expect(numbers(await search({ areaCode: 415, limit: 1 }))).toEqual(["+14155550101"]);
  expect(await search({ contains: "+14155550100" })).toEqual([]);
  await bought.remove();
  expect(numbers(await search({ contains: "+14155550100" }))).toEqual(["+14155550100"]);
});

describe("a search", () => {
  test.each<[Parameters<typeof search>[0], string[]]>([
    [{}, ["+12065550100", "+12065550101"]],
    [{ areaCode: 212 }, ["+12125550100", "+12125550101"]],
    [{ areaCode: 919 }, ["+19195550100", "+19195550101"]],
    [{ areaCode: 533 }, []],
    [{ areaCode: 416 }, []],
    [{ areaCode: 800 }, []],
    [{ contains: "5550177" }, ["+12065550177", "+12125550177"]],
    [{ contains: "312*****42" }, ["+13125550142"]],
    [{ contains: "JKL0199" }, ["+12065550199", "+12125550199"]],
    [{ inRegion: "TX" }, ["+15125550100", "+15125550101"]],
    [{ inLocality: "boston" }, ["+16175550100", "+16175550101"]],
    [{ inPostalCode: "10001" }, ["+12125550100", "+12125550101"]],
    [{ nearLatLong: "40.7,-74.0" }, ["+12125550100", "+12125550101"]],
    [{ nearNumber: "+16175550100", distance: 200 }, ["+12125550100", "+12125550101"]],
    [{ nearNumber: "+16175550100", distance: 100 }, ["+16175550100", "+16175550101"]],
    [
      { smsEnabled: true, voiceEnabled: true, mmsEnabled: true, faxEnabled: false },
      ["+12065550100", "+12065550101"],
    ],
    [{ smsEnabled: false }, []],
    [{ faxEnabled: true }, []],
  ])("%j", async (given, found) => {
    expect(numbers(await search({ ...given, limit: 2 }))).toEqual(found);
  });

  test("by type and country", async () => {
    expect(numbers(await available().tollFree.list({ limit: 1 }))).toEqual(["+18005550100"]);
    expect(numbers(await available().tollFree.list({ areaCode: 888, limit: 1 }))).toEqual(["+18885550100"]);
    expect(numbers(await available("CA").local.list({ limit: 1 }))).toEqual(["+14165550100"]);
    expect(numbers(await available("GB").mobile.list({ limit: 1 }))).toEqual(["+447700900000"]);
  });

  test("goes page by page", async () => {
    const { body } = await local.send("GET", `${base()}/US/Local.json?InRegion=WA&PageSize=30&Page=3`);
    const path = `/2010-04-01/Accounts/${local.emulator.accountSid}/AvailablePhoneNumbers/US/Local.json`;
    expect(body).toMatchObject({
      page: 3,
      page_size: 30,
      start: 90,
      end: 99,
      uri: `${path}?InRegion=WA&PageSize=30&Page=3`,
      previous_page_uri: `${path}?InRegion=WA&PageSize=30&Page=2`,
      next_page_uri: null,
    });
    expect(await search({ inRegion: "WA", pageSize: 30 })).toHaveLength(100);
  });
});

test("countries say which types they have", async () => {
  const path = `/2010-04-01/Accounts/${local.emulator.accountSid}/AvailablePhoneNumbers/GB`;
  expect((await local.client.availablePhoneNumbers.list()).map(({ countryCode }) => countryCode)).toEqual([
    "US",
    "CA",
    "GB",
  ]);
  expect(await available("GB").fetch()).toMatchObject({
    countryCode: "GB",
    country: "United Kingdom",
    uri: `${path}.json`,
    subresourceUris: { mobile: `${path}/Mobile.json` },
  });
});

test.each([
  ["/US/Mobile.json", 404, 20404, "was not found"],
  ["/USA/Local.json", 404, 20404, "was not found"],
  [
    "/DE/Local.json",
    501,
    20501,
    "The local Twilio does not implement the sale of numbers in DE; it has some in US, CA, GB",
  ],
  ["/US/Voip.json", 501, 20501, "The local Twilio does not implement ListAvailablePhoneNumberVoip"],
  ["/US/Local.json?Contains=5", 400, 21451, "Contains must be of digits, letters and *"],
  ["/US/Local.json?SmsEnabled=maybe", 400, 20001, "SmsEnabled must be true or false"],
  ["/US/Local.json?NearLatLong=here", 400, 20001, "NearLatLong must be like 37.77,-122.42"],
  ["/US/Local.json?NearNumber=%2B19195550100", 400, 20001, "the local Twilio does not know"],
])("%s: %d", async (path, status, code, message) => {
  expect(await local.send("GET", base() + path)).toMatchObject({
    status,
    body: { code, message: expect.stringContaining(message) as unknown },
  });
});

import { beforeAll, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";
import { segments } from "./addMessage.ts";

let now = Date.parse("2026-01-02T03:04:05Z");
const local = useLocalTwilio({ clock: () => now });
const from = "+14155550142";
const to = "+14155550170";
let serviceSid = "";

beforeAll(async () => {
  ({ sid: serviceSid } = await local.client.messaging.v1.services.create({ friendlyName: "Texts" }));
});

test("a message goes from queued by sent to delivered", async () => {
  const { sid, status, direction, dateSent } = await local.client.messages.create({
    from,
    to,
    body: "Hello",
  });
  expect({ sid: sid.slice(0, 2), status, direction, dateSent }).toEqual({
    sid: "SM",
    status: "queued",
    direction: "outbound-api",
    dateSent: null,
  });
  const fetched = () => local.client.messages(sid).fetch();
  now += 100;
  expect(await fetched()).toMatchObject({ status: "sent", dateSent: new Date("2026-01-02T03:04:05Z") });
  now += 500;
  expect(await fetched()).toMatchObject({
    status: "delivered",
    numSegments: "1",
    numMedia: "0",
    price: null,
  });
});

test("one with media is an MM and tells of them", async () => {
  const mediaUrl = ["https://example.com/a.PNG", "https://example.com/b"];
  const { sid, numMedia } = await local.client.messages.create({ from, to, mediaUrl });
  expect([sid.slice(0, 2), numMedia]).toEqual(["MM", "2"]);
  const media = await local.client.messages(sid).media.list();
  expect(media.map(({ contentType, parentSid }) => [contentType, parentSid])).toEqual([
    ["image/png", sid],
    ["application/octet-stream", sid],
  ]);
  const url = `https://api.twilio.com/2010-04-01/Accounts/${local.emulator.accountSid}/Messages/${sid}/Media/${media[0]?.sid}`;
  const content = await local.send("GET", url);
  expect([content.status, content.headers["location"]]).toEqual([307, "https://example.com/a.PNG"]);
});

test("a service sends from one of its numbers, when it has one", async () => {
  const sending = () => local.client.messages.create({ messagingServiceSid: serviceSid, to, body: "Hello" });
  await expect(sending()).rejects.toMatchObject({ status: 400, code: 21703 });
  const [number] = await local.client.incomingPhoneNumbers.list({ phoneNumber: from });
  await local.client.messaging.v1
    .services(serviceSid)
    .phoneNumbers.create({ phoneNumberSid: number?.sid ?? "" });
  expect(await sending()).toMatchObject({ from, status: "accepted", messagingServiceSid: serviceSid });
});

test.each([
  [{ From: from, Body: "x" }, 21604, "A 'To' phone number is required."],
  [{ From: from, To: "0170", Body: "x" }, 21211, "Invalid 'To' Phone Number: 0170"],
  [
    { From: from, To: "+15005550001", Body: "x" },
    21211,
    "The 'To' number +15005550001 is not a valid phone number.",
  ],
  [
    { From: from, To: "+15005550009", Body: "x" },
    21614,
    "The 'To' number +15005550009 is not a mobile number.",
  ],
  [{ To: to, Body: "x" }, 21603, "A 'From' phone number is required."],
  [{ From: "Shop", To: to, Body: "x" }, 21212, "Invalid From Number (caller ID): Shop"],
  [
    { From: "+14155550199", To: to, Body: "x" },
    21606,
    "The 'From' phone number provided (+14155550199) is not a valid message-capable Twilio phone number for this account.",
  ],
  [{ From: from, To: to }, 21602, "Message body is required."],
  [
    { From: from, To: to, Body: "x".repeat(1601) },
    21617,
    "The concatenated message body exceeds the 1600 character limit",
  ],
  [{ From: from, To: to, Body: "x", MediaUrl: "cat.png" }, 21620, "MediaUrl is not a valid URL: cat.png"],
  [
    { From: from, To: to, Body: "x", StatusCallback: "localhost:3000/status" },
    21609,
    "StatusCallback is not a valid URL: localhost:3000/status",
  ],
  [{ From: from, To: from, Body: "x" }, 21266, "The 'To' and 'From' numbers can't be the same."],
  [
    { MessagingServiceSid: `MG${"0".repeat(32)}`, To: to, Body: "x" },
    21701,
    `The Messaging Service MG${"0".repeat(32)} does not exist`,
  ],
])("refuses %j with %d", async (form, code, message) => {
  const url = `https://api.twilio.com/2010-04-01/Accounts/${local.emulator.accountSid}/Messages.json`;
  expect(await local.send("POST", url, { form })).toMatchObject({ status: 400, body: { code, message } });
});

describe("a message", () => {
  test("is redacted and deleted when it is over, not before", async () => {
    const { sid } = await local.client.messages.create({ from, to, body: "Secret" });
    await expect(local.client.messages(sid).update({ body: "" })).rejects.toMatchObject({ code: 20009 });
    await expect(local.client.messages(sid).remove()).rejects.toMatchObject({ code: 20009 });
    now += 600;
    await local.client.messages(sid).fetch();
    expect(await local.client.messages(sid).update({ body: "" })).toMatchObject({ body: "" });
    expect(await local.client.messages(sid).remove()).toBe(true);
    await expect(local.client.messages(sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  test("is found by who, to whom and when", async () => {
    const other = "+14155550171";
    await local.client.messages.create({ from, to: other, body: "Found" });
    now += 600;
    const bodies = async (filter: object) =>
      (await local.client.messages.list(filter)).map(({ body }) => body);
    expect(await bodies({ to: other })).toEqual(["Found"]);
    expect(await bodies({ to: other, dateSent: new Date("2026-01-02T00:00:00Z") })).toEqual(["Found"]);
    expect(await bodies({ to: other, dateSentBefore: new Date("2026-01-02T00:00:00Z") })).toEqual(["Found"]);
    expect(await bodies({ to: other, dateSentAfter: new Date("2026-01-03T00:00:00Z") })).toEqual([]);
  });
});

test.each([
  ["", 1],
  ["x".repeat(160), 1],
  ["x".repeat(161), 2],
  ["x".repeat(307), 3],
  ["é".repeat(160), 1],
  ["я".repeat(70), 1],
  ["я".repeat(71), 2],
])("%j has %d segments", (body, count) => {
  expect(segments(body)).toBe(count);
});

import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const services = "https://proxy.twilio.com/v1/Services";
const chatService = async () => (await local.client.chat.v2.services.create({ friendlyName: "Chat" })).sid;

test("a new service has Twilio's defaults", async () => {
  const { status, body } = await local.send("POST", services, { form: { UniqueName: "defaults" } });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    unique_name: "defaults",
    chat_instance_sid: null,
    default_ttl: 0,
    callback_url: null,
    geo_match_level: "country",
    number_selection_behavior: "prefer-sticky",
    intercept_callback_url: null,
    out_of_session_callback_url: null,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${services}/${sid}`,
    links: { sessions: `${services}/${sid}/Sessions`, phone_numbers: `${services}/${sid}/PhoneNumbers` },
  });
});

test("an update changes what it names, and empty URLs clear", async () => {
  const { sid } = await local.client.proxy.v1.services.create({
    uniqueName: "update",
    callbackUrl: "https://example.com/callback",
    interceptCallbackUrl: "https://example.com/intercept",
  });
  const updated = await local.client.proxy.v1
    .services(sid)
    .update({ callbackUrl: "", defaultTtl: 60, geoMatchLevel: "area-code" });
  expect(updated).toMatchObject({
    uniqueName: "update",
    callbackUrl: null,
    interceptCallbackUrl: "https://example.com/intercept",
    defaultTtl: 60,
    geoMatchLevel: "area-code",
  });
});

test.each([
  [{}, 20001, "Missing required parameter UniqueName in the post body"],
  [{ UniqueName: "taken" }, 80602, 'Service unique name "taken" is already in use'],
  [{ UniqueName: "x".repeat(192) }, 20001, "UniqueName is 192 characters long; at most 191 are allowed"],
  [
    { UniqueName: "x", DefaultTtl: "-1" },
    20001,
    'DefaultTtl must be a whole number from 0 to 2147483647, got "-1"',
  ],
  [{ UniqueName: "x", GeoMatchLevel: "planet" }, 20001, "GeoMatchLevel must be one of country, area-code"],
  [{ UniqueName: "x", ChatInstanceSid: "IS1" }, 20001, "ChatInstanceSid must be a SID that starts with IS"],
  [
    { UniqueName: "x", ChatInstanceSid: `IS${"0".repeat(32)}` },
    20001,
    `Chat service IS${"0".repeat(32)} does not exist`,
  ],
])("refuses %j", async (form, code, message) => {
  await local.send("POST", services, { form: { UniqueName: "taken" } });
  expect(await local.send("POST", services, { form })).toMatchObject({
    status: 400,
    body: { code, message: expect.stringContaining(message) },
  });
});

test("a chat service belongs to one Proxy service, until it is let go", async () => {
  const chatInstanceSid = await chatService();
  const { services: all } = local.client.proxy.v1;
  const first = await all.create({ uniqueName: "first", chatInstanceSid });
  await expect(all.create({ uniqueName: "second", chatInstanceSid })).rejects.toMatchObject({
    status: 400,
    message: `Chat service ${chatInstanceSid} belongs to another Proxy service`,
  });
  // The same again is no change.
  expect((await all(first.sid).update({ chatInstanceSid })).chatInstanceSid).toBe(chatInstanceSid);
  await local.send("POST", `${services}/${first.sid}`, { form: { ChatInstanceSid: "" } });
  expect((await all.create({ uniqueName: "second", chatInstanceSid })).chatInstanceSid).toBe(chatInstanceSid);
});

test("one that is gone is a bad request, as is what was in it", async () => {
  const { sid } = await local.client.proxy.v1.services.create({ uniqueName: "gone" });
  const service = local.client.proxy.v1.services(sid);
  expect(await service.remove()).toBe(true);
  const answer = { status: 400, code: 80408, message: "Invalid Service Sid" };
  await expect(service.fetch()).rejects.toMatchObject(answer);
  await expect(service.remove()).rejects.toMatchObject(answer);
  await expect(service.phoneNumbers.list()).rejects.toMatchObject(answer);
});

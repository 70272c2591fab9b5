import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const addresses = "https://conversations.twilio.com/v1/Configuration/Addresses";
const flowSid = `FW${"1".repeat(32)}`;
const url = "https://example.com/hook";
let serviceSid = "";
const visitor = (() => {
  let count = 0;
  return () => `whatsapp:+1415555${String(++count).padStart(4, "0")}`;
})();

beforeAll(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Flex Chat Service" })).sid;
});

const buy = () => local.client.incomingPhoneNumbers.create({ areaCode: "415" });

test("a new address opens conversations in the default service, and no more", async () => {
  const { phoneNumber } = await buy();
  const { status, body } = await local.send("POST", addresses, {
    form: { Type: "sms", Address: phoneNumber },
  });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(sid).toMatch(/^IG[0-9a-f]{32}$/);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    type: "sms",
    address: phoneNumber,
    friendly_name: null,
    address_country: null,
    auto_creation: { enabled: true, type: "default" },
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${addresses}/${sid}`,
  });
});

test.each([
  [{ "AutoCreation.Enabled": "false" }, { enabled: false, type: "default" }],
  [
    { "AutoCreation.Type": "webhook", "AutoCreation.WebhookUrl": url },
    { enabled: true, type: "webhook", webhook_url: url, webhook_method: "POST", webhook_filters: [] },
  ],
  [
    {
      "AutoCreation.Type": "webhook",
      "AutoCreation.WebhookUrl": url,
      "AutoCreation.WebhookMethod": "get",
      "AutoCreation.WebhookFilters": ["onMessageAdded", "onDeliveryUpdated"],
    },
    {
      enabled: true,
      type: "webhook",
      webhook_url: url,
      webhook_method: "get",
      webhook_filters: ["onMessageAdded", "onDeliveryUpdated"],
    },
  ],
  [
    { "AutoCreation.Type": "studio", "AutoCreation.StudioFlowSid": flowSid },
    { enabled: true, type: "studio", studio_flow_sid: flowSid, studio_retry_count: 0 },
  ],
  // What belongs to another type is not kept.
  [
    {
      "AutoCreation.Type": "studio",
      "AutoCreation.StudioFlowSid": flowSid,
      "AutoCreation.StudioRetryCount": "3",
      "AutoCreation.WebhookUrl": url,
    },
    { enabled: true, type: "studio", studio_flow_sid: flowSid, studio_retry_count: 3 },
  ],
])("keeps of the auto-creation what its type needs: %j", async (given, expected) => {
  const { status, body } = await local.send("POST", addresses, {
    form: { Type: "whatsapp", Address: visitor(), ...given },
  });
  expect(status).toBe(201);
  expect((body as { auto_creation: object }).auto_creation).toEqual(expected);
});

test("an update changes one part, or the type; the service can be cleared", async () => {
  const { sid } = await local.client.conversations.v1.addressConfigurations.create({
    type: "whatsapp",
    address: visitor(),
    friendlyName: "Support",
    "autoCreation.type": "studio",
    "autoCreation.conversationServiceSid": serviceSid,
    "autoCreation.studioFlowSid": flowSid,
    "autoCreation.studioRetryCount": 2,
  });
  const address = local.client.conversations.v1.addressConfigurations(sid);
  const studio = { type: "studio", studio_flow_sid: flowSid, studio_retry_count: 2 };
  expect(await address.update({ "autoCreation.enabled": false })).toMatchObject({
    friendlyName: "Support",
    autoCreation: { enabled: false, conversation_service_sid: serviceSid, ...studio },
  });
  expect((await address.update({ "autoCreation.conversationServiceSid": "" })).autoCreation).toEqual({
    enabled: false,
    ...studio,
  });
  const webhook = { "autoCreation.type": "webhook", "autoCreation.webhookUrl": url } as const;
  expect((await address.update({ ...webhook, friendlyName: "" })).toJSON()).toMatchObject({
    friendlyName: null,
    autoCreation: { enabled: false, type: "webhook", webhook_url: url },
  });
});

test("an address is found by itself, and listed by its type", async () => {
  const { phoneNumber } = await buy();
  const { addressConfigurations } = local.client.conversations.v1;
  const { sid } = await addressConfigurations.create({ type: "sms", address: phoneNumber });
  expect((await addressConfigurations(phoneNumber).fetch()).sid).toBe(sid);
  const texts = await addressConfigurations.list({ type: "sms" });
  expect(texts.map(({ address }) => address)).toContain(phoneNumber);
  expect(new Set(texts.map(({ type }) => type))).toEqual(new Set(["sms"]));
  await addressConfigurations(phoneNumber).remove();
  await expect(addressConfigurations(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a type is the same in any case, and answered as it was given", async () => {
  const { phoneNumber } = await buy();
  const { body } = await local.send("POST", addresses, { form: { Type: "SmS", Address: phoneNumber } });
  expect(body).toMatchObject({ type: "SmS" });
  const listed = await local.client.conversations.v1.addressConfigurations.list({ type: "sms" });
  expect(listed.map(({ address }) => address)).toContain(phoneNumber);
});

test("a number that is released takes its address with it", async () => {
  const { sid: numberSid, phoneNumber } = await buy();
  const { addressConfigurations } = local.client.conversations.v1;
  const { sid } = await addressConfigurations.create({ type: "sms", address: phoneNumber });
  await local.client.incomingPhoneNumbers(numberSid).remove();
  await expect(addressConfigurations(sid).fetch()).rejects.toMatchObject({ status: 404 });
  // Who buys it again sets it up anew.
  await local.client.incomingPhoneNumbers.create({ phoneNumber });
  await addressConfigurations.create({ type: "sms", address: phoneNumber });
});

test("of two with one address the second is refused", async () => {
  const address = visitor();
  const { addressConfigurations } = local.client.conversations.v1;
  await addressConfigurations.create({ type: "whatsapp", address });
  await expect(addressConfigurations.create({ type: "whatsapp", address })).rejects.toMatchObject({
    status: 409,
    message: `Address configuration for ${address} already exists`,
  });
});

test.each<[Record<string, string>, number, string]>([
  [{ Type: "" }, 400, "Missing required parameter Type in the post body"],
  [{ Address: "" }, 400, "Missing required parameter Address in the post body"],
  [
    { Type: "fax" },
    400,
    'Type must be one of sms, whatsapp, messenger, gbm, email, rcs, apple, chat, got "fax"',
  ],
  [
    { Type: "sms", Address: "ann" },
    400,
    "Address ann of type sms must be a phone number like +14155550100, or a short code",
  ],
  [{ Type: "sms", Address: "+442079460000" }, 400, "Address +442079460000 does not belong to the account"],
  [{ FriendlyName: "x".repeat(257) }, 400, "FriendlyName is 257 characters long; at most 256 are allowed"],
  [{ "AutoCreation.Type": "webhook" }, 400, "AutoCreation.Type webhook requires AutoCreation.WebhookUrl"],
  [{ "AutoCreation.Type": "studio" }, 400, "AutoCreation.Type studio requires AutoCreation.StudioFlowSid"],
  [
    { "AutoCreation.StudioRetryCount": "4" },
    400,
    'AutoCreation.StudioRetryCount must be a whole number from 0 to 3, got "4"',
  ],
  // Only what has happened can be told: the webhook is made with the conversation.
  [
    { "AutoCreation.WebhookFilters": "onMessageAdd" },
    400,
    'AutoCreation.WebhookFilters must be one of onMessageAdded, onMessageUpdated, onMessageRemoved, onConversationUpdated, onConversationStateUpdated, onConversationRemoved, onParticipantAdded, onParticipantUpdated, onParticipantRemoved, onDeliveryUpdated, got "onMessageAdd"',
  ],
  [
    { "AutoCreation.ConversationServiceSid": `IS${"9".repeat(32)}` },
    404,
    `The requested resource /Services/IS${"9".repeat(32)} was not found`,
  ],
])("refuses %j", async (given, status, message) => {
  const answer = await local.send("POST", addresses, {
    form: { Type: "whatsapp", Address: visitor(), ...given },
  });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ message });
});

import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
const services = "https://messaging.twilio.com/v1/Services";

test("a new service has Twilio's defaults", async () => {
  const { status, body } = await local.send("POST", services, { form: { FriendlyName: "Support" } });
  const { sid } = body as { sid: string };
  const url = `${services}/${sid}`;
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    friendly_name: "Support",
    inbound_request_url: null,
    inbound_method: "POST",
    fallback_url: null,
    fallback_method: "POST",
    status_callback: null,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: true,
    scan_message_content: "inherit",
    fallback_to_long_code: true,
    area_code_geomatch: true,
    validity_period: 36_000,
    synchronous_validation: false,
    usecase: "undeclared",
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: false,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      alpha_senders: `${url}/AlphaSenders`,
      messages: `${url}/Messages`,
      us_app_to_person: `${url}/Compliance/Usa2p`,
      us_app_to_person_usecases: `${url}/Compliance/Usa2p/Usecases`,
      channel_senders: `${url}/ChannelSenders`,
      destination_alpha_senders: `${url}/DestinationAlphaSenders`,
    },
  });
});

test("an update changes what it names, and empty URLs clear", async () => {
  const { sid } = await local.client.messaging.v1.services.create({
    friendlyName: "Update",
    inboundRequestUrl: "https://example.com/in",
    statusCallback: "https://example.com/status",
    stickySender: false,
  });
  const updated = await local.client.messaging.v1
    .services(sid)
    .update({ inboundRequestUrl: "", validityPeriod: 60 });
  expect(updated).toMatchObject({
    friendlyName: "Update",
    inboundRequestUrl: null,
    statusCallback: "https://example.com/status",
    stickySender: false,
    validityPeriod: 60,
  });
});

test.each([
  [{}, "Missing required parameter FriendlyName in the post body"],
  [{ FriendlyName: "x".repeat(65) }, "FriendlyName is 65 characters long; at most 64 are allowed"],
  [
    { FriendlyName: "x", ValidityPeriod: "36001" },
    'ValidityPeriod must be a whole number from 1 to 36000, got "36001"',
  ],
  [
    { FriendlyName: "x", InboundRequestUrl: "no" },
    'InboundRequestUrl must be an http or https URL, got "no"',
  ],
  [{ FriendlyName: "x", Usecase: "spam" }, "Usecase must be one of notifications, marketing"],
])("refuses %j", async (form, message) => {
  expect(await local.send("POST", services, { form })).toMatchObject({
    status: 400,
    body: { code: 20001, message: expect.stringContaining(message) },
  });
});

test("one that is gone is not found", async () => {
  const gone = `MG${"0".repeat(32)}`;
  await expect(local.client.messaging.v1.services(gone).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
    message: `The requested resource /Services/${gone} was not found`,
  });
});

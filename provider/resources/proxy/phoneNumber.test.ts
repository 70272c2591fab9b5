import { expect, test } from "@jest/globals";
import type { Twilio } from "twilio";

import { TwilioError } from "../../engine/errors.ts";
import { UNKNOWN } from "../../engine/value.ts";
import type { Properties } from "../../engine/value.ts";
import { phoneNumber } from "./phoneNumber.ts";

const oneOfThem = [
  { path: ["phoneNumberSid"], reason: "Give one of phoneNumberSid and phoneNumber, and not both" },
];

test.each<[string, Properties, object[]]>([
  ["a SID", { phoneNumberSid: "PN1" }, []],
  ["a number", { phoneNumber: "+14155550100" }, []],
  ["a SID that is not known yet", { phoneNumberSid: UNKNOWN }, []],
  ["neither", {}, oneOfThem],
  ["both", { phoneNumberSid: UNKNOWN, phoneNumber: "+14155550100" }, oneOfThem],
])("check: %s", (_case, inputs, failures) => {
  expect(phoneNumber.check?.(inputs)).toEqual(failures);
});

test.each([
  ["a missing service", "Invalid Service Sid", 80409, true],
  ["a missing number", "Invalid Phone Number Sid", 80408, true],
  ["a refused request", "Invalid parameter", 20001, false],
])("gone: %s", (_case, message, code, gone) => {
  expect(phoneNumber.gone?.(new TwilioError(message, { status: 400, code }))).toBe(gone);
});

function deletion(fetch: () => Promise<object>, inPool: () => Promise<object> = () => Promise.resolve({})) {
  const { onDelete } = phoneNumber;
  if (typeof onDelete !== "function") throw new Error("onDelete is no function");
  const services = () => ({ phoneNumbers: () => ({ fetch: inPool }) });
  const twilio = {
    incomingPhoneNumbers: () => ({ fetch }),
    proxy: { v1: { services } },
  } as unknown as Twilio;
  return onDelete({
    twilio,
    parents: { serviceSid: "KS1" },
    sid: "PN1",
    inputs: {},
    goesToo: () => Promise.resolve(false),
  });
}
const numberWith = (smsUrl: string) => () =>
  Promise.resolve({ accountSid: "AC1", phoneNumber: "+14155550100", smsUrl });

test.each(["webhooks.twilio.com", "webhooks.dublin.ie1.twilio.com"])(
  "a number that Proxy handles is removed: %s",
  async (host) => {
    const smsUrl = `https://${host}/v1/Accounts/AC1/Proxy/KS1/Webhooks/Message`;
    expect(await deletion(numberWith(smsUrl))).toBe("remove");
  },
);

test.each([
  ["https://example.com/sms", "https://example.com/sms"],
  ["", "empty"],
  [
    "https://webhooks.twilio.com/v1/Accounts/AC1/Proxy/KS2/Webhooks/Message",
    "https://webhooks.twilio.com/v1/Acc",
  ],
])("a number that somebody else handles stays in the pool: %j", async (smsUrl, named) => {
  const decision = await deletion(numberWith(smsUrl));
  expect(decision).toEqual({
    warn: true,
    forget: expect.stringContaining(
      `+14155550100 stays in the pool of Proxy service KS1: its smsUrl is ${named}`,
    ) as unknown,
  });
  expect(decision).toEqual({
    warn: true,
    forget: expect.stringContaining(
      "DELETE https://proxy.twilio.com/v1/Services/KS1/PhoneNumbers/PN1",
    ) as unknown,
  });
});

test.each([
  ["the number", { status: 400, code: 80408 }],
  ["the number, by status", { status: 404, code: 20404 }],
  ["the service", { status: 400, code: 80409 }],
])(
  "a pool that has lost %s, as a run that was killed leaves it, keeps nobody's messages",
  async (_, answer) => {
    const missing = new TwilioError("Invalid", answer);
    const demo = numberWith("https://demo.twilio.com/welcome/sms/reply/");
    expect(await deletion(demo, () => Promise.reject(missing))).toBe("remove");
  },
);

test("a number that the account no longer has is removed", async () => {
  const missing = new TwilioError("not found", { status: 404, code: 20404 });
  expect(await deletion(() => Promise.reject(missing))).toBe("remove");
});

test("a number that can't be read is not touched", async () => {
  const error = new TwilioError("Internal error", { status: 500 });
  await expect(deletion(() => Promise.reject(error))).rejects.toBe(error);
});

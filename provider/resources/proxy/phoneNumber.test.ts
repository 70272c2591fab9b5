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

interface Asked {
  readonly fetch: () => Promise<object>;
  readonly inPool?: () => Promise<object>;
  /** What the stack records of the number. */
  readonly recorded?: Properties[];
}

/** What the deletion decides, and the writes that it has sent then. */
async function deletion({ fetch, inPool = () => Promise.resolve({}), recorded = [] }: Asked) {
  const { onDelete } = phoneNumber;
  if (typeof onDelete !== "function") throw new Error("onDelete is no function");
  const sent: unknown[] = [];
  const services = () => ({
    phoneNumbers: () => ({ fetch: inPool, remove: async () => void sent.push("remove") }),
  });
  const twilio = {
    incomingPhoneNumbers: () => ({ fetch, update: async (params: object) => void sent.push(params) }),
    proxy: { v1: { services } },
  } as unknown as Twilio;
  const decision = await onDelete({
    twilio,
    parents: { serviceSid: "KS1" },
    sid: "PN1",
    inputs: {},
    goesToo: () => Promise.resolve(false),
    recorded: () => Promise.resolve(recorded),
  });
  if (typeof decision === "object" && "send" in decision) {
    await decision.send();
    return sent;
  }
  return decision;
}

const voice = "https://example.com/voice";
const demo = "https://demo.twilio.com/welcome/sms/reply/";
const numberWith =
  (smsUrl: string, voiceUrl = voice) =>
  () =>
    Promise.resolve({ accountSid: "AC1", phoneNumber: "+14155550100", smsUrl, voiceUrl, voiceMethod: "GET" });

test.each(["webhooks.twilio.com", "webhooks.dublin.ie1.twilio.com"])(
  "a number that Proxy handles is removed: %s",
  async (host) => {
    const smsUrl = `https://${host}/v1/Accounts/AC1/Proxy/KS1/Webhooks/Message`;
    expect(await deletion({ fetch: numberWith(smsUrl) })).toBe("remove");
  },
);

test.each([
  ["https://example.com/sms", "https://example.com/sms"],
  [
    "https://webhooks.twilio.com/v1/Accounts/AC1/Proxy/KS2/Webhooks/Message",
    "https://webhooks.twilio.com/v1/Acc",
  ],
])("a number that somebody else handles stays in the pool: %j", async (smsUrl, named) => {
  const decision = await deletion({ fetch: numberWith(smsUrl) });
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
  ["of somebody's own", voice, { smsUrl: "", voiceUrl: voice, voiceMethod: "GET" }],
  [
    "that is Proxy's",
    `https://webhooks.twilio.com/v1/Accounts/AC1/Proxy/KS${"1".repeat(32)}/Webhooks/Call`,
    { smsUrl: "" },
  ],
])("a number without smsUrl is removed, and its URLs are set again; a voiceUrl %s", async (_, url, set) => {
  expect(await deletion({ fetch: numberWith("", url) })).toEqual(["remove", set]);
});

test("a number without smsUrl stays while sessions use it", async () => {
  const inPool = () => Promise.resolve({ inUse: 1 });
  expect(await deletion({ fetch: numberWith(""), inPool })).toEqual({
    warn: true,
    forget: expect.stringContaining("its smsUrl is empty, so Proxy no longer handles") as unknown,
  });
});

test.each([
  ["the number", { status: 400, code: 80408 }],
  ["the number, by status", { status: 404, code: 20404 }],
  ["the service", { status: 400, code: 80409 }],
])(
  "a pool that has lost %s, as a run that was killed leaves it, keeps nobody's messages",
  async (_, answer) => {
    const inPool = () => Promise.reject(new TwilioError("Invalid", answer));
    expect(await deletion({ fetch: numberWith(demo), inPool })).toBe("remove");
    const emptied = { fetch: numberWith(demo), inPool, recorded: [{ smsUrl: "" }] };
    expect(await deletion(emptied)).toEqual([{ smsUrl: "" }]);
  },
);

test("a number that the account no longer has is removed", async () => {
  const missing = new TwilioError("not found", { status: 404, code: 20404 });
  expect(await deletion({ fetch: () => Promise.reject(missing) })).toBe("remove");
});

test("a number that can't be read is not touched", async () => {
  const error = new TwilioError("Internal error", { status: 500 });
  await expect(deletion({ fetch: () => Promise.reject(error) })).rejects.toBe(error);
});

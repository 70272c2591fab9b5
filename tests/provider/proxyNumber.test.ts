import { afterAll, beforeAll, expect, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ref } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
beforeAll(async () => {
  stack = await new TestStack(local.emulator).init();
}, 60_000);
afterAll(() => stack.remove());

const number: Declaration = {
  name: "number",
  token: "twilio:api:IncomingPhoneNumber",
  inputs: { phoneNumber: "+14155550123" },
};
const pool: Declaration = {
  name: "pool",
  token: "twilio:proxy:Service",
  inputs: { uniqueName: "Pool" },
};
const member: Declaration = {
  name: "member",
  token: "twilio:proxy:PhoneNumber",
  inputs: { serviceSid: ref("pool.sid"), phoneNumberSid: ref("number.sid") },
};

const smsUrl = async () => (await local.client.incomingPhoneNumbers(sidOf("number")).fetch()).smsUrl;
const sidOf = (name: string) => String(stack.resources()[name]?.outputs["sid"]);
const inPool = async () =>
  (await local.client.proxy.v1.services(sidOf("pool")).phoneNumbers.list()).map(({ sid }) => sid);

test("a number enters the pool, and leaves it while Proxy handles its messages", async () => {
  expect(await stack.up([number, pool, member])).toMatchObject({ code: 0 });
  expect(await smsUrl()).toBe(
    `https://webhooks.twilio.com/v1/Accounts/${local.emulator.accountSid}/Proxy/${sidOf("pool")}/Webhooks/Message`,
  );
  expect(await stack.preview([number, pool, member], "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
    steps: {},
  });
  expect(await stack.up([number, pool])).toMatchObject({ code: 0, steps: { member: { op: "delete" } } });
  expect(await inPool()).toEqual([]);
}, 60_000);

test("a number that somebody else handles stays in the pool, with a warning", async () => {
  await stack.up([number, pool, member]);
  const handled = { ...number, inputs: { ...number.inputs, smsUrl: "https://example.com/sms" } };
  const { code, output } = await stack.up([handled, pool]);
  expect(code).toBe(0);
  expect(output).toContain("warning: left in place: +14155550123 stays in the pool of Proxy service");
  expect(output).toContain("its smsUrl is https://example.com/sms");
  expect(await smsUrl()).toBe("https://example.com/sms");
  expect(await inPool()).toEqual([sidOf("number")]);
}, 60_000);

test("a number that is in the pool already is refused, or adopted", async () => {
  const refused = await stack.up([number, pool, member]);
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("Twilio error 80104");
  expect(refused.output).toContain(`Fix: a PhoneNumber with phoneNumberSid "${sidOf("number")}" exists`);
  const adopting = { ...member, inputs: { ...member.inputs, adopt: true } };
  expect(await stack.up([number, pool, adopting])).toMatchObject({ code: 0 });
}, 60_000);

test("a number moves to another pool only after it left the first", async () => {
  const other: Declaration = {
    name: "other",
    token: "twilio:proxy:Service",
    inputs: { uniqueName: "Other" },
  };
  const moving = { ...member, inputs: { ...member.inputs, adopt: false } };
  await stack.destroy();
  expect(await stack.up([number, pool, other, moving])).toMatchObject({ code: 0 });
  const moved = { ...moving, inputs: { ...moving.inputs, serviceSid: ref("other.sid") } };
  expect(await stack.up([number, pool, other, moved])).toMatchObject({
    code: 0,
    steps: { member: { op: "replace" } },
  });
  expect(await inPool()).toEqual([]);
  expect(await smsUrl()).toContain(`/Proxy/${sidOf("other")}/`);
}, 60_000);

test("a service stays where somebody else handles a number of its pool, with a warning; an empty one goes", async () => {
  const other: Declaration = {
    name: "other",
    token: "twilio:proxy:Service",
    inputs: { uniqueName: "Other" },
  };
  const moved = { ...member, inputs: { ...member.inputs, adopt: false, serviceSid: ref("other.sid") } };
  const handled = { ...number, inputs: { ...number.inputs, smsUrl: "https://example.com/sms" } };
  const [serviceSid, numberSid] = [sidOf("other"), sidOf("number")];
  await stack.up([handled, pool, other, moved]);
  const { code, output } = await stack.up([handled]);
  expect(code).toBe(0);
  expect(output).toContain("warning: left in place: +14155550123 is in its pool, and somebody else handles");
  expect(output).toContain(`send DELETE https://proxy.twilio.com/v1/Services/${serviceSid},`);
  expect((await local.client.proxy.v1.services.list()).map(({ sid }) => sid)).toEqual([serviceSid]);
  expect((await local.client.incomingPhoneNumbers(numberSid).fetch()).smsUrl).toBe("https://example.com/sms");
}, 60_000);

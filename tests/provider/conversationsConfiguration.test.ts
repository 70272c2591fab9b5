import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

// What an account has exactly one of: taken over, and given back.

jest.setTimeout(120_000);
const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
let serviceSid: string;
beforeAll(async () => {
  ({ sid: serviceSid } = await local.client.conversations.v1.services.create({ friendlyName: "First" }));
  await configuration().update({ defaultInactiveTimer: "PT30M" });
  await webhooks().update({ preWebhookUrl: "https://example.com/theirs", filters: ["onMessageAdd"] });
  stack = await new TestStack(local.emulator).init();
});
afterAll(() => stack.remove());

const configuration = () => local.client.conversations.v1.configuration();
const webhooks = () => local.client.conversations.v1.configuration.webhooks();
const shown = async () => {
  const { links: _, ...rest } = (await configuration().fetch()).toJSON() as Record<string, unknown>;
  return [rest, (await webhooks().fetch()).toJSON() as object];
};
const program = (inactive: string): Declaration[] => [
  { name: "talks", token: "twilio:conversations:Service", inputs: { friendlyName: "Talks" } },
  {
    name: "settings",
    token: "twilio:conversations:Configuration",
    inputs: {
      defaultChatServiceSid: { $ref: "talks.sid" },
      defaultInactiveTimer: inactive,
      defaultClosedTimer: "PT24H",
    },
  },
  {
    name: "hooks",
    token: "twilio:conversations:ConfigurationWebhooks",
    inputs: { postWebhookUrl: "https://example.com/ours", filters: ["onMessageAdded", "onMessageAdd"] },
  },
];
let before: unknown;

test("are changed as far as the program says, and durations are compared by length", async () => {
  before = await shown();
  expect((await stack.up(program("PT1H"))).code).toBe(0);
  const { id } = stack.resources()["talks"]!;
  expect(await shown()).toMatchObject([
    {
      defaultChatServiceSid: id,
      defaultInactiveTimer: "PT1H",
      defaultClosedTimer: "PT24H",
      defaultMessagingServiceSid: null,
    },
    {
      preWebhookUrl: "https://example.com/theirs",
      postWebhookUrl: "https://example.com/ours",
      filters: ["onMessageAdded", "onMessageAdd"],
      method: "POST",
      target: "webhook",
    },
  ]);
  await configuration().update({ defaultClosedTimer: "P1D" });
  await webhooks().update({ filters: ["onMessageAdd", "onMessageAdded"], target: "flex" });
  expect(await stack.preview(program("PT60M"), "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
    steps: {},
  });
  await webhooks().update({ target: "webhook" });
});

test("show drift of what the program says", async () => {
  await configuration().update({ defaultClosedTimer: "PT48H" });
  await webhooks().update({ filters: ["onMessageAdd"] });
  expect((await stack.preview(program("PT1H"), "--refresh")).steps).toMatchObject({
    settings: { op: "update", paths: ["defaultClosedTimer"] },
    hooks: { op: "update" },
  });
});

test("are given back, also what was unset, when the resource that was imported or taken over goes", async () => {
  const { talks } = stack.resources();
  const inputs = { defaultChatServiceSid: talks!.id };
  const other = await new TestStack(local.emulator).init();
  try {
    const imported = program("PT1H").slice(1);
    const wanted = { ...imported[0]!.inputs, ...inputs };
    const there = (await configuration().fetch()).defaultClosedTimer;
    await other.up([
      {
        ...imported[0]!,
        inputs: { ...wanted, defaultClosedTimer: there },
        import: local.emulator.accountSid,
      },
    ]);
    await other.up([{ ...imported[0]!, inputs: { ...wanted, defaultClosedTimer: "PT72H" } }]);
    expect((await configuration().fetch()).defaultClosedTimer).toBe("PT72H");
    expect((await other.destroy()).code).toBe(0);
    expect((await configuration().fetch()).defaultClosedTimer).toBe(there);
  } finally {
    other.remove();
  }
  expect((await stack.destroy()).code).toBe(0);
  expect(await shown()).toEqual(before);
  expect((await configuration().fetch()).defaultChatServiceSid).toBe(serviceSid);
});

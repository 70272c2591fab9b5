import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ref } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

jest.setTimeout(120_000);
const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
beforeAll(async () => {
  stack = await new TestStack(local.emulator).init();
});
afterAll(() => stack.remove());

/** A service, whose name Twilio lets others have, too: a replacement is made before the old one goes. */
const service = (name: string, options?: object): Declaration => ({
  name,
  token: "twilio:chat:Service",
  inputs: { friendlyName: "Adoption", adopt: true },
  ...(options && { options }),
});
const urn = "urn:pulumi:test::lifecycle::twilio:chat:Service::made";
const services = async () => (await local.client.chat.v2.services.list()).map(({ sid }) => sid);

test("what the stack made and then takes over under another name, or in place of itself, is not deleted", async () => {
  expect((await stack.up([service("made")])).code).toBe(0);
  const { id } = stack.resources()["made"]!;
  for (const [name, ...options] of [
    ["made", "--replace", urn],
    ["renamed", "--refresh"],
  ] as const) {
    expect((await stack.up([service(name)], ...options)).code).toBe(0);
    expect([stack.resources()[name]!.id, await services()]).toEqual([id, [id]]);
  }
  const aliased = service("aliased", { aliases: [{ name: "renamed" }] });
  expect((await stack.preview([aliased], "--refresh", "--expect-no-changes")).code).toBe(0);
});

test("two resources can't be one at Twilio", async () => {
  const { id } = stack.resources()["renamed"]!;
  const outcome = await stack.preview([service("renamed"), service("twin")]);
  expect(outcome.code).not.toBe(0);
  expect(outcome.output).toMatch(new RegExp(`${id} is already "(renamed|twin)" of this program\\.`));
});

test("what is taken over is never replaced, nor what is in it", async () => {
  const serviceSid = stack.resources()["renamed"]!.id;
  await local.client.chat.v2.services(serviceSid).channels.create({ uniqueName: "team", type: "public" });
  const program = (type: string): Declaration[] => [
    service("renamed"),
    {
      name: "team",
      token: "twilio:chat:Channel",
      inputs: { serviceSid: ref("renamed.sid"), uniqueName: "team", adopt: true, type },
    },
    {
      name: "hook",
      token: "twilio:chat:ChannelWebhook",
      inputs: {
        serviceSid: ref("renamed.sid"),
        channelSid: ref("team.sid"),
        type: "webhook",
        configuration: { url: "https://example.com/", filters: ["onMessageSent"] },
      },
    },
  ];
  expect((await stack.up(program("public"))).code).toBe(0);
  const before = stack.resources();
  const outcome = await stack.up(program("private"));
  expect([outcome.code === 0, outcome.steps]).toEqual([false, {}]);
  expect(outcome.output).toContain('adoption never replaces: type is "public", not "private"');
  expect(stack.resources()).toEqual(before);
});

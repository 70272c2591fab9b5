import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ref } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

jest.setTimeout(240_000);
const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
let other: TestStack;
let workspaceSid: string;
let chatServiceSid: string;
beforeAll(async () => {
  ({ sid: chatServiceSid } = await local.client.chat.v2.services.create({ friendlyName: "Chat" }));
  ({ sid: workspaceSid } = await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Shop" }));
  stack = await new TestStack(local.emulator).init();
  other = await new TestStack(local.emulator, {
    name: "other",
    env: { PULUMI_BACKEND_URL: stack.backend },
  }).init();
});
afterAll(() => {
  other.remove();
  stack.remove();
});

const queue = (name: string, friendlyName: string, extra: Partial<Declaration> = {}): Declaration => ({
  name,
  token: "twilio:taskrouter:TaskQueue",
  inputs: { workspaceSid, friendlyName, adopt: true },
  ...extra,
});
/** Is refused once a queue is there, so that an update fails half-way. */
const failingAfter = (name: string): Declaration => ({
  name: "broken",
  token: "twilio:chat:Channel",
  inputs: { serviceSid: `IS${"0".repeat(32)}`, uniqueName: ref(`${name}.sid`), type: "public" },
});
/** What carries the messages of a number to Flex, under a key of the configuration. */
const number = "+14155550123";
const handling = (key: string): Declaration[] => [
  {
    name: `${key}-flex-flow`,
    token: "twilio:flex:FlexFlow",
    inputs: {
      adopt: true,
      deleteAdopted: true,
      friendlyName: `Messages to ${number}`,
      chatServiceSid,
      channelType: "sms",
      contactIdentity: number,
      enabled: true,
      integrationType: "external",
      integration: { url: "https://example.com/flow" },
    },
  },
  {
    name: `${key}-number`,
    token: "twilio:api:IncomingPhoneNumber",
    inputs: { adopt: true, phoneNumber: number },
  },
  { name: "pool", token: "twilio:proxy:Service", inputs: { uniqueName: "Pool" } },
  {
    name: `${key}-proxy-number`,
    token: "twilio:proxy:PhoneNumber",
    inputs: { adopt: true, serviceSid: ref("pool.sid"), phoneNumberSid: ref(`${key}-number.sid`) },
  },
];
/** Whatever a message to the number passes on its way to Flex. */
const way = async () => {
  const flows = await local.client.flexApi.v1.flexFlow.list();
  const [{ sid, smsUrl } = {}] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
  const pools = await local.client.proxy.v1.services.list();
  const members = await Promise.all(
    pools.map((pool) => local.client.proxy.v1.services(pool.sid).phoneNumbers.list()),
  );
  return [flows.map((flow) => flow.sid), sid, smsUrl, members.flat().map((member) => member.sid)];
};
const all = ["Billing", "Lost", "Returns", "Sales"];
const queues = async () =>
  (await local.client.taskrouter.v1.workspaces(workspaceSid).taskQueues.list())
    .map(({ friendlyName }) => friendlyName)
    .filter((name) => all.includes(name))
    .sort();
const names = () =>
  Object.entries(stack.resources())
    .filter(([, { id }]) => id.startsWith("WS"))
    .map(([name]) => name)
    .sort();
const idOf = (name: string) => stack.resources()[name]!.id;
const sidOf = (name: string) => idOf(name).split("/")[1]!;

test("an update that fails after it took queues over under new names leaves two names for each", async () => {
  const first = [
    queue("returns", "Returns"),
    queue("sales", "Sales"),
    queue("billing", "Billing"),
    queue("lost", "Lost"),
    ...handling("main"),
  ];
  expect(await stack.up(first)).toMatchObject({ code: 0 });
  const failed = await stack.up([
    queue("sendbacks", "Returns"),
    queue("shop", "Sales", { import: idOf("sales") }),
    queue("invoices", "Billing"),
    queue("found", "Lost", { options: { aliases: [{ name: "lost" }], replaceOnChanges: ["*"] } }),
    ...handling("front"),
    failingAfter("front-proxy-number"),
  ]);
  expect(failed.code).not.toBe(0);
  expect(failed.messages).toEqual(
    expect.arrayContaining([
      `took over ${sidOf("returns")} from "returns", whose deletion leaves it in place, as it is`,
      `imported ${idOf("sales")} from "sales", whose deletion leaves it in place`,
      `took over ${sidOf("billing")} from "billing", whose deletion leaves it in place, as it is`,
    ]),
  );
  expect(names()).toEqual(["billing", "found", "invoices", "returns", "sales", "sendbacks", "shop"]);
});

test("the old name alone, taken away by a target, leaves the object to the new one", async () => {
  const urn = "urn:pulumi:test::lifecycle::twilio:taskrouter:TaskQueue::returns";
  const { code, messages } = await stack.destroy("--target", urn);
  expect([code, messages]).toEqual([
    0,
    expect.arrayContaining([`left ${sidOf("sendbacks")} in place: it is "sendbacks" now`]),
  ]);
  expect([await queues(), names().includes("returns")]).toEqual([all, false]);
});

test("the update that follows deletes none under its old name, and all stay the stack's own", async () => {
  const program = [
    queue("sendbacks", "Returns"),
    queue("shop", "Sales"),
    queue("invoices", "Billing"),
    queue("found", "Lost"),
    ...handling("front"),
  ];
  const before = await way();
  expect([before[0], before[1], before[3]]).toEqual([
    [idOf("front-flex-flow")],
    idOf("front-number"),
    [before[1]],
  ]);
  const { code, messages } = await stack.up(program);
  expect([code, messages]).toEqual([
    0,
    expect.arrayContaining([
      `left ${sidOf("shop")} in place: it is "shop" now`,
      `left ${sidOf("invoices")} in place: it is "invoices" now`,
      `left ${idOf("front-flex-flow")} in place: it is "front-flex-flow" now`,
      `left ${idOf("front-number")} in place: it is "front-number" now`,
      `left ${idOf("front-number")} in place: it is "front-proxy-number" now`,
    ]),
  ]);
  expect([await queues(), await way()]).toEqual([all, before]);
  expect(names()).toEqual(["found", "invoices", "sendbacks", "shop"]);
  expect(names().map((name) => stack.resources()[name]!.outputs["adopted"])).toEqual(Array(4).fill(false));
  expect(await stack.preview(program, "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
    steps: {},
  });
});

test("another stack of the backend that takes one over says whose it is", async () => {
  const { code, messages } = await other.up([queue("theirs", "Lost")]);
  expect(code).toBe(0);
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.stringContaining('stack "test" records what this stack takes over'),
      `took over ${sidOf("found")}, which stack "test" records too, as it is`,
    ]),
  );
});

test("a stack that has two names for a queue deletes it once, and leaves what another stack records", async () => {
  const again = [queue("back", "Returns"), ...handling("front"), failingAfter("back")];
  expect((await stack.up(again)).code).not.toBe(0);
  expect(names()).toEqual(["back", "found", "invoices", "sendbacks", "shop"]);
  const { code, messages } = await stack.destroy();
  expect(code).toBe(0);
  expect(messages.filter((message) => message.startsWith("left "))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^left WQ\w{32} in place: it is "(back|sendbacks)" now$/),
      expect.stringMatching(/^left WQ\w{32} in place: stack "other" records it, too$/),
    ]),
  );
  expect([await queues(), await way(), names()]).toEqual([["Lost"], [[], undefined, undefined, []], []]);
});

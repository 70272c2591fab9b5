import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ref } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

jest.setTimeout(180_000);
const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
let other: TestStack;
let workspaceSid: string;
beforeAll(async () => {
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
const all = ["Billing", "Lost", "Returns", "Sales"];
const queues = async () =>
  (await local.client.taskrouter.v1.workspaces(workspaceSid).taskQueues.list())
    .map(({ friendlyName }) => friendlyName)
    .filter((name) => all.includes(name))
    .sort();
const names = () => Object.keys(stack.resources()).sort();
const idOf = (name: string) => stack.resources()[name]!.id;
const sidOf = (name: string) => idOf(name).split("/")[1]!;

test("an update that fails after it took queues over under new names leaves two names for each", async () => {
  const first = [
    queue("returns", "Returns"),
    queue("sales", "Sales"),
    queue("billing", "Billing"),
    queue("lost", "Lost"),
  ];
  expect(await stack.up(first)).toMatchObject({ code: 0 });
  const failed = await stack.up([
    queue("sendbacks", "Returns"),
    queue("shop", "Sales", { import: idOf("sales") }),
    queue("invoices", "Billing"),
    queue("found", "Lost", { options: { aliases: [{ name: "lost" }], replaceOnChanges: ["*"] } }),
    failingAfter("invoices"),
  ]);
  expect(failed.code).not.toBe(0);
  expect(failed.messages).toEqual(
    expect.arrayContaining([
      `took over ${sidOf("returns")} from "returns" as it is`,
      `imported ${idOf("sales")} from "sales"`,
      `took over ${sidOf("billing")} from "billing" as it is`,
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
  ];
  const { code, messages } = await stack.up(program);
  expect([code, messages]).toEqual([
    0,
    expect.arrayContaining([
      `left ${sidOf("shop")} in place: it is "shop" now`,
      `left ${sidOf("invoices")} in place: it is "invoices" now`,
    ]),
  ]);
  expect(await queues()).toEqual(all);
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
  expect((await stack.up([queue("back", "Returns"), failingAfter("back")])).code).not.toBe(0);
  expect(names()).toEqual(["back", "found", "invoices", "sendbacks", "shop"]);
  const { code, messages } = await stack.destroy();
  expect(code).toBe(0);
  expect(messages.filter((message) => message.startsWith("left "))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^left WQ\w{32} in place: it is "(back|sendbacks)" now$/),
      expect.stringMatching(/^left WQ\w{32} in place: stack "other" records it, too$/),
    ]),
  );
  expect([await queues(), names()]).toEqual([["Lost"], []]);
});

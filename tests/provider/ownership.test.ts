import { afterAll, beforeAll, beforeEach, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ref } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

jest.setTimeout(180_000);
const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
let workspaceSid: string;
beforeAll(async () => {
  const workspace = await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Shop" });
  workspaceSid = workspace.sid;
});
beforeEach(async () => {
  stack = await new TestStack(local.emulator).init();
});
afterEachRemove();

function afterEachRemove(): void {
  const stacks: TestStack[] = [];
  beforeEach(() => void stacks.push(stack));
  afterAll(() => stacks.forEach((one) => one.remove()));
}

const queue = (name: string, options?: object): Declaration => ({
  name,
  token: "twilio:taskrouter:TaskQueue",
  inputs: { workspaceSid, friendlyName: "Returns", adopt: true },
  ...(options && { options }),
});
/** Is refused once the queue is there, so that an update fails half-way. */
const failing = (name: string): Declaration => ({
  name: "broken",
  token: "twilio:chat:Channel",
  inputs: { serviceSid: `IS${"0".repeat(32)}`, uniqueName: ref(`${name}.sid`), type: "public" },
});
const queues = async () =>
  (await local.client.taskrouter.v1.workspaces(workspaceSid).taskQueues.list())
    .filter(({ friendlyName }) => friendlyName === "Returns")
    .map(({ sid }) => sid);
const idOf = (name: string) => stack.resources()[name]?.id;
const nothing = { code: 0, steps: {} };

/** Leaves the stack with two names for one queue, as an update that failed half-way did. */
async function renameAndFail(): Promise<string> {
  expect(await stack.up([queue("returns")])).toMatchObject({ code: 0 });
  const id = idOf("returns")!;
  const failed = await stack.up([queue("sendbacks"), failing("sendbacks")]);
  expect(failed.code).not.toBe(0);
  expect(failed.messages).toContainEqual(`took over ${id.split("/")[1]} from "returns" as it is`);
  expect([idOf("returns"), idOf("sendbacks")]).toEqual([id, id]);
  return id;
}

test("a renamed queue outlives an update that failed in between, stays the stack's own, and goes with it", async () => {
  const id = await renameAndFail();
  const [, sid] = id.split("/");
  const second = await stack.up([queue("sendbacks")]);
  expect(second).toMatchObject({ code: 0, steps: { returns: { op: "delete" } } });
  expect(second.messages).toContainEqual(`left ${sid} in place: it is "sendbacks" now`);
  expect([await queues(), stack.resources()["sendbacks"]?.outputs["adopted"]]).toEqual([[sid], false]);
  expect(await stack.preview([queue("sendbacks")], "--refresh", "--expect-no-changes")).toMatchObject(
    nothing,
  );
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(await queues()).toEqual([]);
});

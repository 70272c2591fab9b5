import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import type { Inputs } from "./case.ts";
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

const inWorkspace = (name: string, type: string, inputs: Inputs, options?: object): Declaration => ({
  name,
  token: `twilio:taskrouter:${type}`,
  inputs: { workspaceSid: ref("workspace.sid"), ...inputs },
  ...(options && { options }),
});
const workspace: Declaration = {
  name: "workspace",
  token: "twilio:taskrouter:Workspace",
  inputs: { friendlyName: "Replacement" },
};
const activity = (available: boolean, adopt = false) =>
  inWorkspace("activity", "Activity", { friendlyName: "Training", available, ...(adopt && { adopt }) });
const channel = (uniqueName: string) =>
  inWorkspace("channel", "TaskChannel", { friendlyName: "Chat", uniqueName, adopt: true });
const queue = (friendlyName: string, options?: object) =>
  inWorkspace("queue", "TaskQueue", { friendlyName }, options);

const activities = async () => {
  const { id } = stack.resources()["workspace"]!;
  const all = await local.client.taskrouter.v1.workspaces(id).activities.list({ friendlyName: "Training" });
  return all.map(({ sid, available }) => ({ sid, available }));
};
const sidOf = (name: string) => stack.resources()[name]!.id.split("/").at(-1)!;

async function up(program: Declaration[]) {
  const outcome = await stack.up(program);
  expect([outcome.code, outcome.code === 0 ? "" : outcome.output]).toEqual([0, ""]);
  return outcome.steps;
}

test("what Twilio can't change is replaced, the old one first where names are unique", async () => {
  await up([workspace, activity(false)]);
  const [before] = await activities();
  expect(await up([workspace, activity(true)])).toEqual({
    activity: { op: "replace", paths: ["available"] },
  });
  const after = await activities();
  expect(after).toEqual([{ sid: sidOf("activity"), available: true }]);
  expect(after[0]!.sid).not.toBe(before!.sid);
});

test("what a program made is replaced also when it says adopt", async () => {
  expect(await up([workspace, activity(true, true)])).toEqual({});
  const preview = await stack.preview([workspace, activity(false, true)]);
  expect([preview.code, preview.steps]).toEqual([0, { activity: { op: "replace", paths: ["available"] } }]);
  await up([workspace, activity(false, true)]);
  expect(await activities()).toEqual([{ sid: sidOf("activity"), available: false }]);
});

test("what was adopted is let go, not deleted, when the program means another", async () => {
  const program = (uniqueName: string) => [workspace, activity(false, true), channel(uniqueName)];
  await up(program("chat"));
  const chat = sidOf("channel");
  expect(stack.resources()["channel"]!.outputs["adopted"]).toBe(true);
  expect(await up(program("other"))).toEqual({ channel: { op: "replace", paths: ["uniqueName"] } });
  expect(stack.resources()["channel"]!.outputs["adopted"]).toBe(false);
  const { id } = stack.resources()["workspace"]!;
  const channels = await local.client.taskrouter.v1.workspaces(id).taskChannels.list();
  expect(channels.map(({ sid }) => sid)).toEqual(expect.arrayContaining([chat, sidOf("channel")]));
});

test("ignoreChanges leaves what somebody changed, and what the program changed", async () => {
  await up([workspace, queue("One")]);
  const { id } = stack.resources()["workspace"]!;
  const { taskQueues } = local.client.taskrouter.v1.workspaces(id);
  await taskQueues(sidOf("queue")).update({ friendlyName: "Theirs", maxReservedWorkers: 7 });
  const ignoring = queue("Two", { ignoreChanges: ["friendlyName"] });
  const outcome = await stack.up([workspace, ignoring], "--refresh");
  expect([outcome.code, outcome.steps]).toEqual([
    0,
    { queue: { op: "update", paths: ["maxReservedWorkers"] } },
  ]);
  const { friendlyName, maxReservedWorkers } = await taskQueues(sidOf("queue")).fetch();
  expect({ friendlyName, maxReservedWorkers }).toEqual({ friendlyName: "Theirs", maxReservedWorkers: 1 });
});

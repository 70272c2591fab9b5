import { afterAll, expect, jest, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ref } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

jest.setTimeout(120_000);
const local = useLocalTwilio({ seed: "empty" });
let stack: TestStack;
afterAll(() => stack.remove());

const workspace: Declaration = {
  name: "workspace",
  token: "twilio:taskrouter:Workspace",
  inputs: { friendlyName: "Secrets", eventCallbackUrl: { $secret: "https://user:hush-url@example.com/" } },
};
const worker = (extension: string): Declaration => ({
  name: "worker",
  token: "twilio:taskrouter:Worker",
  inputs: {
    workspaceSid: ref("workspace.sid"),
    friendlyName: "ada",
    attributes: { contact_uri: "client:ada", phone: { pin: { $secret: "hush-pin" }, extension } },
  },
});

test("secrets reach Twilio, and nothing else", async () => {
  stack = await new TestStack(local.emulator).init();
  const program = [workspace, worker("1")];
  const outputs = [];
  for (const run of [
    await stack.preview(program),
    await stack.up(program),
    await stack.preview(program, "--refresh", "--expect-no-changes"),
    await stack.up([workspace, worker("2")], "--refresh"),
  ]) {
    expect([run.code, run.code === 0 ? "" : run.output]).toEqual([0, ""]);
    outputs.push(run.output);
  }
  expect(outputs.join("\n")).not.toContain("hush");
  expect(stack.stateText()).not.toContain("hush");
  expect(stack.stateText()).not.toContain(local.emulator.authToken);

  const [workspaceSid, sid] = stack.resources()["worker"]!.id.split("/") as [string, string];
  const made = await local.client.taskrouter.v1.workspaces(workspaceSid).workers(sid).fetch();
  expect(JSON.parse(made.attributes)).toEqual({
    contact_uri: "client:ada",
    phone: { pin: "hush-pin", extension: "2" },
  });
  // Only what is secret is encrypted.
  expect(stack.resources()["worker"]!.outputs["attributes"]).toMatchObject({
    contact_uri: "client:ada",
    phone: { extension: "2", pin: { ciphertext: expect.any(String) } },
  });
});

test("credentials are encrypted in the state, also when they were not configured as secrets", async () => {
  const config = { "twilio:authToken": local.emulator.authToken };
  const { url, accountSid } = local.emulator;
  stack.configure({ "twilio:endpoint": url, "twilio:accountSid": accountSid, ...config });
  expect((await stack.up([workspace, worker("2")])).code).toBe(0);
  expect(stack.stateText()).not.toContain(local.emulator.authToken);
});

test("secrets do not show in errors", async () => {
  const refused: Declaration = {
    name: "refused",
    token: "twilio:taskrouter:Worker",
    inputs: { workspaceSid: ref("workspace.sid"), friendlyName: { $secret: "hush-name" } },
  };
  expect((await stack.up([workspace, worker("2"), refused])).code).toBe(0);
  const again = { ...refused, name: "again" };
  const conflict = await stack.up([workspace, worker("2"), refused, again]);
  expect(conflict.code).not.toBe(0);
  expect(conflict.output).toContain('can\'t create the Worker "again"');
  expect(conflict.output).not.toContain("hush");
  const invalid = { ...refused, inputs: { ...refused.inputs, activitySid: { $secret: "hush-sid" } } };
  const check = await stack.up([workspace, worker("2"), invalid]);
  expect(check.output).toContain("must be a SID");
  expect(check.output).not.toContain("hush");
});

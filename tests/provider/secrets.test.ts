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

test("secrets do not show where values are quoted or cut short", async () => {
  const secrets = [`hush-${"x".repeat(100)}`, 'a "hush" b'];
  for (const $secret of secrets) {
    const inputs = { friendlyName: "Secrets", eventCallbackUrl: { $secret } };
    const { output } = await stack.preview([{ ...workspace, inputs }]);
    expect(output).toContain("eventCallbackUrl must be an absolute URL");
    expect(output).not.toContain("hush");
  }
});

test("what is taken over stays secret: in messages, in what was there before, and when it is given back", async () => {
  const url = "https://user:hush-chat@example.com/";
  const { sid } = await local.client.chat.v2.services.create({ friendlyName: "Secrets" });
  await local.client.chat.v2.services(sid).update({ postWebhookUrl: url });
  const chat = (inputs: object): Declaration => ({
    name: "chat",
    token: "twilio:chat:Service",
    inputs: { friendlyName: "Secrets", adopt: true, ...inputs },
  });
  const given = chat({ postWebhookUrl: { $secret: url }, preWebhookUrl: { $secret: url } });
  for (const run of [
    () => stack.preview([given]),
    () => stack.up([given]),
    () => stack.preview([given], "--refresh", "--expect-no-changes"),
    () => stack.up([chat({})]),
  ]) {
    const { code, output } = await run();
    expect([code, output]).toEqual([0, expect.not.stringContaining("hush")]);
    expect(stack.stateText()).not.toContain("hush");
  }
  const now = await local.client.chat.v2.services(sid).fetch();
  expect([now.postWebhookUrl, now.preWebhookUrl ?? ""]).toEqual([url, ""]);
});

import { expect, test } from "@jest/globals";
import { missingIn, withMade } from "./with-made.ts";

const urn = (type: string, name: string): string => `urn:pulumi:dev::p::${type}::${name}`;
const provider = {
  urn: urn("pulumi:providers:twilio", "default"),
  type: "pulumi:providers:twilio",
  custom: true,
  id: "6f1",
};
const workspace = {
  urn: urn("twilio:taskrouter:Workspace", "workspace"),
  type: "twilio:taskrouter:Workspace",
  custom: true,
  id: "WS1",
};
const state = (...resources: object[]): string =>
  JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });

const queue = {
  urn: urn("flex-messaging:routing:TaskRouting$twilio:taskrouter:TaskQueue", "vip"),
  id: "WS1/WQ2",
  inputs: { workspaceSid: "WS1", friendlyName: "VIP" },
};
const workflow = {
  urn: urn("twilio:taskrouter:Workflow", "messages"),
  id: "WS1/WW3",
  inputs: { workspaceSid: "WS1", configuration: { queue: "WQ2" } },
};

test("what was made is added with what it depends on", () => {
  const text = withMade(state(provider, workspace), [queue, workflow]) ?? "";
  const common = { custom: true, outputs: {}, provider: `${provider.urn}::6f1` };
  expect(JSON.parse(text)).toEqual({
    version: 3,
    deployment: {
      manifest: {},
      resources: [
        provider,
        workspace,
        { ...queue, ...common, type: "twilio:taskrouter:TaskQueue", dependencies: [workspace.urn] },
        {
          ...workflow,
          ...common,
          type: "twilio:taskrouter:Workflow",
          dependencies: [workspace.urn, queue.urn],
        },
      ],
    },
  });
});

test("what was taken over keeps what is known of it, and goes before what it is in", () => {
  const outputs = { adopted: true, __baseline: { defaultActivitySid: "WA1" } };
  const name = urn("twilio:taskrouter:WorkspaceSettings", "settings");
  const text = withMade(state(provider, workspace), [{ urn: name, id: "WS1", inputs: {}, outputs }]) ?? "";
  const { resources } = (JSON.parse(text) as { deployment: { resources: object[] } }).deployment;
  expect(resources[2]).toMatchObject({ urn: name, id: "WS1", outputs, dependencies: [workspace.urn] });
});

test("what the state has another of is to be deleted", () => {
  const text = withMade(state(provider, workspace), [{ ...workspace, id: "WS9", inputs: {} }]) ?? "";
  const { resources } = (JSON.parse(text) as { deployment: { resources: object[] } }).deployment;
  expect(resources.slice(2)).toEqual([
    {
      ...workspace,
      id: "WS9",
      inputs: {},
      outputs: {},
      dependencies: [],
      provider: `${provider.urn}::6f1`,
      delete: true,
    },
  ]);
});

test("what is in the state is not missing, also where it is to be deleted", () => {
  const made = [{ ...workspace, inputs: {} }, queue];
  expect(missingIn(state(provider, { ...workspace, delete: true }), made)).toEqual([queue]);
  const settings = { urn: urn("twilio:taskrouter:WorkspaceSettings", "settings"), id: "WS1", inputs: {} };
  expect(missingIn(state(provider, workspace), [settings])).toEqual([settings]);
  expect(missingIn('{"version":3}', made)).toEqual(made);
});

test("without a provider nobody could look after it, and of several nobody knows which", () => {
  expect(withMade(state(workspace), [queue])).toBe(undefined);
  const other = { ...provider, urn: urn("pulumi:providers:twilio", "elsewhere") };
  expect(withMade(state(provider, other, workspace), [queue])).toBe(undefined);
  expect(withMade('{"version":3,"deployment":{}}', [queue])).toBe(undefined);
});

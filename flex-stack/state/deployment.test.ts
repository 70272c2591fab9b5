import { describe, expect, test } from "@jest/globals";
import { readDeployment, remoteResources } from "./deployment.ts";

const queue = {
  urn: "urn:q",
  type: "twilio:taskrouter:TaskQueue",
  custom: true,
  id: "WS1/WQ1",
  created: "2026-11-02T10:00:00Z",
  inputs: { a: 1 },
};
const none = { delete: false, protect: false, retainOnDelete: false, inputs: {}, outputs: {} };

describe("an exported state", () => {
  test.each([
    ["without a deployment", { version: 3, deployment: null }, []],
    ["without resources", { version: 3, deployment: { resources: null } }, []],
    [
      "with a resource that waits for its deletion",
      { deployment: { resources: [{ ...queue, delete: true }] } },
      [],
    ],
    [
      "with resources",
      { deployment: { resources: [{ ...queue, protect: true }] } },
      [{ ...none, ...queue, protect: true }],
    ],
  ])("%s", (_, exported, resources) => {
    expect(readDeployment(JSON.stringify(exported))).toEqual(resources);
  });

  test("has components and providers beside what is at Twilio", () => {
    const resources = [
      { urn: "s", type: "pulumi:pulumi:Stack", custom: false, ...none },
      { urn: "p", type: "pulumi:providers:twilio", custom: true, ...none },
      { urn: "c", type: "flex:routing:TaskRouting", custom: false, ...none },
      { urn: "q", type: queue.type, custom: true, ...none },
    ];
    expect(remoteResources(resources).map(({ urn }) => urn)).toEqual(["q"]);
  });
});

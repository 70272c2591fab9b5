import { expect, test } from "@jest/globals";
import { recordsNothing } from "./records-nothing.ts";

const urn = "urn:pulumi:dev::p::twilio:taskrouter:TaskQueue::billing";
const other = "urn:pulumi:dev::p::twilio:taskrouter:Workspace::main";

// As Pulumi 3.250 writes them, cut down to what differs.
const goal = {
  type: "twilio:taskrouter:TaskQueue",
  name: "billing",
  custom: true,
  inputDiff: {},
  outputDiff: {},
  parent: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev",
  protect: false,
  dependencies: [other],
  provider: "urn:pulumi:dev::p::pulumi:providers:twilio::default::1",
  propertyDependencies: { friendlyName: [], workspaceSid: [other] },
  customTimeouts: {},
};
const resource = {
  urn,
  custom: true,
  id: "WS1/WQ1",
  type: goal.type,
  inputs: { friendlyName: "Billing" },
  outputs: { friendlyName: "Billing" },
  parent: goal.parent,
  dependencies: [other],
  provider: goal.provider,
  propertyDependencies: goal.propertyDependencies,
  created: "2026-11-24T10:00:00Z",
  modified: "2026-11-24T10:00:00Z",
  sourcePosition: "project:///index.ts#5,3",
};
const planOf = (change: object = {}, entry: object = {}) => ({
  manifest: {},
  resourcePlans: { [urn]: { goal: { ...goal, ...change }, steps: ["same"], state: {}, ...entry } },
});
const stateOf = (change: object = {}, deployment: object = {}) => ({
  version: 3,
  deployment: { manifest: {}, resources: [{ ...resource, ...change }], ...deployment },
});

test("what is asked for as it is recorded is nothing to record", () => {
  expect(recordsNothing(planOf(), stateOf())).toBe(true);
});

test.each<[string, object, object]>([
  ["no dependencies, said in two ways", { dependencies: null }, { dependencies: undefined }],
  ["two dependencies in another order", { dependencies: [urn, other] }, { dependencies: [other, urn] }],
  ["the same protection", { protect: true }, { protect: true }],
  ["what only a replacement would ask for", { deleteBeforeReplace: true, ignoreChanges: ["url"] }, {}],
  ["a type that it might have had", { structuredAliases: [{ type: "twilio:conversations:Service" }] }, {}],
  ["a line that moved", {}, { sourcePosition: "project:///index.ts#9,3", stackTrace: [{}] }],
])("nor is %s", (_, asked, recorded) => {
  expect(recordsNothing(planOf(asked), stateOf(recorded))).toBe(true);
});

test.each<[string, unknown, unknown]>([
  ["another input", planOf({ inputDiff: { adds: { url: "x" } } }), stateOf()],
  ["another output", planOf({ outputDiff: { deletes: ["sid"] } }), stateOf()],
  ["another step", planOf({}, { steps: ["update"] }), stateOf()],
  ["a step after it", planOf({}, { steps: ["same", "delete"] }), stateOf()],
  ["no step at all", planOf({}, { steps: [] }), stateOf()],
  ["a dependency more", planOf({ dependencies: [other, urn] }), stateOf()],
  ["a dependency less", planOf({ dependencies: [] }), stateOf()],
  ["another property that depends", planOf({ propertyDependencies: { friendlyName: [other] } }), stateOf()],
  ["protection", planOf({ protect: true }), stateOf()],
  ["an end of protection", planOf(), stateOf({ protect: true })],
  ["another parent", planOf({ parent: other }), stateOf()],
  ["another provider", planOf({ provider: "urn:pulumi:dev::p::pulumi:providers:twilio::own::2" }), stateOf()],
  ["another secret", planOf({ additionalSecretOutputs: ["url"] }), stateOf()],
  ["an alias", planOf({ aliases: [other] }), stateOf()],
  [
    "one that was found by the type that it had",
    planOf({ structuredAliases: [{ type: "t" }] }),
    stateOf({ urn: other }),
  ],
  ["a time limit", planOf({ customTimeouts: { create: "5m" } }), stateOf()],
  ["a goal with something that is not known here", planOf({ retainOnDelete: true }), stateOf()],
  ["a record with something that is not known here", planOf(), stateOf({ retainOnDelete: true })],
  ["one that waits for its deletion", planOf(), stateOf({ delete: true })],
  ["one that was half made", planOf(), stateOf({ initErrors: ["x"] })],
  ["an operation that was begun", planOf(), stateOf({}, { pending_operations: [{}] })],
  ["a resource that is not asked for", { resourcePlans: {} }, stateOf()],
  ["a resource that is not recorded", planOf(), stateOf({}, { resources: [] })],
  ["another one in its place", planOf(), stateOf({ urn: other })],
  ["no plan", undefined, stateOf()],
  ["no state", planOf(), { version: 3 }],
])("there is something to record: %s", (_, plan, state) => {
  expect(recordsNothing(plan, state)).toBe(false);
});

import { expect, test } from "@jest/globals";
import type { Drift } from "../changes/drift.ts";
import { Surroundings } from "../meaning/index.ts";
import { findingsOf } from "./finding.ts";
import { sidesText } from "./sides.ts";

const surroundings = new Surroundings([]);
const drift = (changes: Partial<Drift>): Drift => ({
  urn: "urn:pulumi:dev::p::twilio:taskrouter:TaskQueue::sales",
  type: "twilio:taskrouter:TaskQueue",
  name: "sales",
  id: "WS1/WQ1",
  gone: false,
  properties: [],
  before: { friendlyName: "Sales", maxReservedWorkers: 2, taskOrder: "FIFO" },
  after: { friendlyName: "Sales", maxReservedWorkers: 7, taskOrder: "LIFO" },
  ...changes,
});
const update = (path: string, before: unknown, after: unknown) => ({
  path,
  kind: "update" as const,
  before,
  after,
  replaces: false,
});

test("each property is a finding of its own", () => {
  const found = findingsOf(
    drift({ properties: [update("maxReservedWorkers", 2, 7), update("taskOrder", "FIFO", "LIFO")] }),
    surroundings,
  );
  expect(
    found.map(({ kind, title, name, property, account }) => [kind, title, name, property, account]),
  ).toEqual([
    ["changed", "Sales", "sales", "maxReservedWorkers", 7],
    ["changed", "Sales", "sales", "taskOrder", "LIFO"],
  ]);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test("several places in one property are one finding", () => {
  const limits = { channelMembers: 100, userChannels: 250 };
  const [found, ...more] = findingsOf(
    drift({
      type: "twilio:chat:Service",
      before: { friendlyName: "Chat", limits },
      after: { friendlyName: "Chat", limits: { channelMembers: 50, userChannels: 60 } },
      properties: [update("limits.channelMembers", 100, 50), update("limits.userChannels", 250, 60)],
    }),
    surroundings,
  );
  expect(more).toEqual([]);
  expect(found?.property).toBe("limits");
  expect(found?.changes).toHaveLength(2);
  expect(found?.statements.map(sidesText)).toEqual([
    "limits.channelMembers: stack says 100, account says 50",
    "limits.userChannels: stack says 250, account says 60",
  ]);
});

test("a resource that is gone is one finding, whatever it was", () => {
  expect(findingsOf(drift({ gone: true, after: undefined }), surroundings)).toMatchObject([
    { kind: "deleted", title: "Sales", property: undefined, statements: [] },
  ]);
});

test("what is lost with a resource that is gone is told", () => {
  const before = {
    type: "sms",
    address: "+14155550142",
    autoCreation: { enabled: true, type: "default", conversationServiceSid: "IS1" },
  };
  const [found] = findingsOf(
    drift({ type: "twilio:conversations:Address", before, gone: true, after: undefined }),
    surroundings,
  );
  expect(found?.statements.map(sidesText)).toEqual(["texts to +14155550142 no longer open a conversation"]);
});

test.each([
  ["twilio:chat:Role", "agent", true],
  ["twilio:chat:Role", "supervisor", false],
  ["twilio:taskrouter:TaskQueue", "agent", false],
])("a %s named %s is the agent role: %s", (type, friendlyName, is) => {
  const [found] = findingsOf(
    drift({ type, before: { friendlyName }, gone: true, after: undefined }),
    surroundings,
  );
  expect(found?.agentRole).toBe(is);
});

test("a workflow edited in the console comes with the picture of where tasks go now", () => {
  const configuration = (timeout: number) => ({
    task_routing: {
      filters: [{ filter_friendly_name: "A", expression: "1==1", targets: [{ queue: "WQ1", timeout }] }],
      default_filter: { queue: "WQ1" },
    },
  });
  const [found] = findingsOf(
    drift({
      type: "twilio:taskrouter:Workflow",
      before: { friendlyName: "Inbound", configuration: configuration(60) },
      after: { friendlyName: "Inbound", configuration: configuration(77) },
      properties: [update("configuration.task_routing.filters[0].targets[0].timeout", 60, 77)],
    }),
    surroundings,
  );
  expect(found?.picture).toMatchObject({ filters: [{ name: "A", targets: [{ mark: "changed" }] }] });
});

test("what a workflow has that nobody knows the meaning of is told as it stands there", () => {
  const configuration = (more: object) => ({ task_routing: { filters: [], ...more } });
  const [found] = findingsOf(
    drift({
      type: "twilio:taskrouter:Workflow",
      before: { friendlyName: "Inbound", configuration: configuration({ strategy: "old" }) },
      after: { friendlyName: "Inbound", configuration: configuration({ strategy: "new" }) },
      properties: [update("configuration.task_routing.strategy", "old", "new")],
    }),
    surroundings,
  );
  expect(found?.statements.map(sidesText)).toEqual([
    'configuration.task_routing.strategy: stack says "old", account says "new"',
  ]);
});

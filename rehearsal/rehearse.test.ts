import { expect, test } from "@jest/globals";
import { describeOutcome } from "../routing/index.ts";
import { declaredRouting } from "./declared-routing.ts";
import { withWorkers } from "./given-workers.ts";
import type { Declared } from "./record-program.ts";
import { rehearse, stageAt, type RehearsalOptions } from "./rehearse.ts";
import { sidOf } from "./sid-of.ts";

const resource = (type: string, name: string, inputs: Declared["inputs"]): Declared => ({
  type: `twilio:taskrouter:${type}`,
  name,
  inputs: { workspaceSid: sidOf("centre"), friendlyName: name, ...inputs },
});
const routesTo = (queue: string) => ({
  configuration: {
    task_routing: {
      filters: [
        {
          expression: "targetWorker != null",
          targets: [
            { queue: sidOf("all"), expression: "task.targetWorker == worker.contact_uri", timeout: 20 },
            { queue: sidOf(queue) },
          ],
        },
      ],
      default_filter: { queue: sidOf(queue) },
    },
  },
});
const flow = (name: string, workflow: string, channel: string): Declared => ({
  type: "twilio:studio:Flow",
  name,
  inputs: {
    definition: {
      states: [
        { type: "trigger" },
        { type: "send-to-flex", properties: { workflow: sidOf(workflow), channel: sidOf(channel) } },
      ],
    },
  },
});
const base: Declared[] = [
  resource("Activity", "Ready", { available: true }),
  resource("Activity", "Away", { available: false }),
  resource("TaskChannel", "texts", { uniqueName: "sms" }),
  resource("TaskQueue", "all", {}),
  resource("TaskQueue", "seniors", { targetWorkers: "level >= 3" }),
  resource("Workflow", "centre-workflow-inbound", { friendlyName: "Inbound", ...routesTo("seniors") }),
  resource("Workflow", "centre-workflow-later", { friendlyName: "Later", ...routesTo("all") }),
  resource("Worker", "ann", {
    activitySid: sidOf("Ready"),
    attributes: { contact_uri: "client:ann", level: 4 },
  }),
  resource("Worker", "bob", { attributes: '{"contact_uri":"client:bob"}' }),
  flow("welcome", "centre-workflow-inbound", "texts"),
];
const outcomes = (declared: Declared[], task = {}, options?: RehearsalOptions) => {
  const { workflow, taskChannel, stages } = rehearse(declaredRouting(declared), task, options);
  return [
    workflow.friendlyName,
    taskChannel,
    ...stages.map(({ age, trace }) => `${age}: ${describeOutcome(trace.outcome, { sids: false })}`),
  ];
};

test("a task goes where the flow sends it, on its channel", () => {
  expect(outcomes(base)).toEqual([
    "Inbound",
    "sms",
    "0: offered to ann in queue seniors, priority 0, until its own timeout",
  ]);
});

test.each<[RehearsalOptions, string[]]>([
  [{ workflow: "Later" }, ["Later", "default"]],
  [{ workflow: "later" }, ["Later", "default"]],
  [{ workflow: "centre-workflow-later", taskChannel: "chat" }, ["Later", "chat"]],
  [{ taskChannel: "voice" }, ["Inbound", "voice"]],
])("%j chooses another way", (options, way) => {
  expect(outcomes(base, {}, options).slice(0, 2)).toEqual(way);
});

test("a worker whose activity nothing says is offline", () => {
  expect(outcomes(base, { targetWorker: "client:bob" })).toEqual([
    "Inbound",
    "sms",
    "0: waiting in queue all, priority 0, until the task is 20 s old",
    "20: offered to ann in queue seniors, priority 0, until its own timeout",
  ]);
  const settings = resource("WorkspaceSettings", "settings", { defaultActivitySid: sidOf("Ready") });
  expect(outcomes([...base, settings], { targetWorker: "client:bob" })).toEqual([
    "Inbound",
    "sms",
    "0: offered to bob in queue all, priority 0, until the task is 20 s old",
  ]);
});

test("the stage of an age is the last one before it", () => {
  const rehearsal = rehearse(declaredRouting(base), { targetWorker: "client:bob" });
  expect([0, 19, 20, 999].map((age) => stageAt(rehearsal, age).age)).toEqual([0, 0, 20, 20]);
});

test("workers of another workspace get nothing", () => {
  const elsewhere = {
    workspaceSid: sidOf("elsewhere"),
    activitySid: sidOf("Ready"),
    attributes: { level: 9 },
  };
  const declared = [...base.filter(({ name }) => name !== "ann"), resource("Worker", "eve", elsewhere)];
  expect(outcomes(declared).at(-1)).toBe("0: waiting in queue seniors, priority 0, until its own timeout");
});

test("given workers stand in the place of declared ones", () => {
  const setup = withWorkers(declaredRouting(base), {
    eve: { activity: "Away", attributes: { level: 9 } },
    kim: { attributes: { level: 3 }, channels: { sms: { capacity: 2, tasks: 2 } } },
    lea: { attributes: { level: 3 } },
    mia: { attributes: { level: 5 } },
  });
  expect(rehearse(setup, {}).outcome).toMatchObject({ kind: "offered", workers: [{ friendlyName: "lea" }] });
  expect(setup.workers.map(({ attributes, available }) => [attributes["contact_uri"], available])).toEqual([
    ["client:eve", false],
    ["client:kim", true],
    ["client:lea", true],
    ["client:mia", true],
  ]);
});

test.each<[unknown, RegExp]>([
  [[], /^These are no workers: the workers: /],
  ["ann", /^These are no workers: /],
  [{ ann: { skill: "billing" } }, /ann: Unrecognized key: "skill"/],
  [{ ann: { channels: { sms: { capacity: -1 } } } }, /ann\.channels\.sms\.capacity: /],
  [{ ann: { activity: "Lunch" } }, /"Lunch", which is not there\.\nFix: Choose one of Ready, Away\./],
  [{ ann: { channels: { fax: {} } } }, /"fax", which is not there\.\nFix: Choose among sms, default/],
])("workers %j are told to be wrong", (given, message) => {
  expect(() => withWorkers(declaredRouting(base), given)).toThrow(message);
});

test.each<[string, Declared[], RehearsalOptions, RegExp]>([
  ["no workflow", [], {}, /There is no workflow\./],
  [
    "an unknown workflow",
    base,
    { workflow: "Outbound" },
    /no workflow "Outbound"\.\nFix: Did you mean Inbound\? Choose one of "Inbound", "Later"/,
  ],
  [
    "an unknown channel",
    base,
    { taskChannel: "fax" },
    /no task channel "fax"\.\nFix: Choose one of sms, default, voice/,
  ],
  [
    "two ways in",
    [...base, flow("night", "centre-workflow-later", "texts")],
    {},
    /more than one workflow\.\nFix: Say which/,
  ],
  [
    "no way in, and two workflows",
    base.filter(({ name }) => name !== "welcome"),
    {},
    /more than one workflow/,
  ],
  [
    "a workflow that is wrong",
    [
      resource("Workflow", "odd", {
        configuration: { task_routing: { filters: [{ expression: "(", targets: [] }] } },
      }),
    ],
    {},
    /The workflow "odd" can't be evaluated: task_routing\.filters\[0\]\.expression: /,
  ],
  [
    "a queue that is wrong",
    [
      ...base.filter(({ name }) => name !== "seniors"),
      resource("TaskQueue", "seniors", { targetWorkers: "level >=" }),
    ],
    {},
    /can't be evaluated: TargetWorkers of the queue seniors/,
  ],
])("%s is told", (_, declared, options, message) => {
  expect(() => rehearse(declaredRouting(declared), {}, options)).toThrow(message);
});

import { describe, test } from "@jest/globals";
import { declaredRouting, type Declared } from "../rehearsal/index.ts";
import { failUnfinished } from "./expect.ts";
import { expect, StackUnderTest } from "./index.ts";

const declared: Declared[] = [
  {
    type: "twilio:taskrouter:TaskQueue",
    name: "all",
    inputs: { friendlyName: "Everyone", maxReservedWorkers: 2 },
  },
  {
    type: "twilio:taskrouter:Workflow",
    name: "inbound",
    inputs: {
      friendlyName: "Inbound",
      configuration: {
        task_routing: {
          filters: [
            {
              filter_friendly_name: "Named",
              expression: "targetWorker != null",
              targets: [
                {
                  queue: "sid of all",
                  expression: "task.targetWorker == worker.contact_uri",
                  timeout: 30,
                },
              ],
            },
          ],
          default_filter: { queue: "sid of all" },
        },
      },
    },
  },
];
const stack = new StackUnderTest(declaredRouting(declared)).withWorkers({
  ann: {},
  bob: { attributes: { contact_uri: "client:robert" } },
  eve: { channels: { default: { available: false } } },
});

test("a task goes to the worker it names", () => {
  expect(stack).toRoute({ targetWorker: "client:ann" }).to("ann");
  expect(stack).toRoute({ targetWorker: "client:robert" }).to("bob");
  expect(stack).toRoute({ targetWorker: "client:eve" }).toNobody();
  expect(stack).toRoute({ targetWorker: "client:eve" }).toQueue("Everyone");
  expect(stack).toRoute({ targetWorker: "client:eve" }, { after: 29 }).toQueue("Everyone");
  expect(stack).toRoute({}).to("bob", "ann");
});

describe("what does not hold fails, and says why", () => {
  test.each<[string, () => void]>([
    ["another worker", () => expect(stack).toRoute({ targetWorker: "client:ann" }).to("bob")],
    ["one of two", () => expect(stack).toRoute({}).to("ann")],
    ["one more", () => expect(stack).toRoute({ targetWorker: "client:ann" }).to("ann", "bob")],
    ["nobody", () => expect(stack).toRoute({ targetWorker: "client:ann" }).toNobody()],
    [
      "no queue any more",
      () => expect(stack).toRoute({ targetWorker: "client:x" }, { after: 30 }).toQueue("Everyone"),
    ],
  ])("%s", (_, assertion) => {
    expect(assertion).toThrow(/expected: .*\n {2}found: /);
  });

  test("with the whole trace", () => {
    expect(() => expect(stack).toRoute({ targetWorker: "client:eve" }).to("eve")).toThrow(
      `Task {"targetWorker":"client:eve"} in the workflow "Inbound", task channel "default"
  expected: offered to eve
  found:    waiting in queue Everyone, priority 0, until the task is 30 s old

filter "Named" matches: targetWorker != null is true: targetWorker is "client:eve"
  target 1
    queue Everyone, priority 0, until the task is 30 s old
    ann is not eligible: task.targetWorker == worker.contact_uri is false: task.targetWorker is "client:eve", worker.contact_uri is "client:ann"
    bob is not eligible: `,
    );
  });
});

describe("what must not be", () => {
  test("is said before or after the task", () => {
    expect(stack).not.toRoute({ targetWorker: "client:ann" }).to("bob");
    expect(stack).toRoute({ targetWorker: "client:ann" }).not.to("ann", "bob");
    expect(stack).toRoute({ targetWorker: "client:ann" }).not.toNobody();
    expect(stack).not.toRoute({ targetWorker: "client:x" }, { after: 30 }).toQueue("Everyone");
    expect(stack).not.toRoute({ targetWorker: "client:eve" }).not.toNobody();
    expect(failUnfinished).not.toThrow();
  });

  test.each<[string, () => void, string]>([
    [
      "a worker",
      () => expect(stack).not.toRoute({ targetWorker: "client:ann" }).to("ann"),
      "not offered to ann",
    ],
    ["a queue", () => expect(stack).toRoute({}).not.toQueue("Everyone"), "not in queue Everyone"],
    [
      "nobody",
      () => expect(stack).not.toRoute({ targetWorker: "client:eve" }).toNobody(),
      "not offered to nobody",
    ],
  ])("fails where it is: %s", (_, assertion, says) => {
    expect(assertion).toThrow(`\n  expected: ${says}\n  found:    `);
  });
});

test.each<[string, () => void, string]>([
  [
    "a queue",
    () => expect(stack).toRoute({}).toQueue("Evryone"),
    'no queue "Evryone". Did you mean Everyone?',
  ],
  [
    "a queue that must not be",
    () => expect(stack).not.toRoute({}).toQueue("Sales"),
    'no queue "Sales". Known: Everyone.',
  ],
  ["a worker", () => expect(stack).toRoute({}).to("ann", "bbo"), 'no worker "bbo". Did you mean bob?'],
  [
    "a worker who must not be",
    () => expect(stack).toRoute({}).not.to("x"),
    'no worker "x". Known: ann, bob, eve.',
  ],
])("what nobody is called is no expectation: %s", (_, mistake, reason) => {
  expect(mistake).toThrow(`The stack has ${reason}`);
  expect(failUnfinished).not.toThrow();
});

test("an expectation without an end does not pass", () => {
  expect(stack).toRoute({ skill: "billing" });
  expect(stack).toRoute({ skill: "billing" }).to("ann", "bob");
  expect(failUnfinished).toThrow('Nothing is said of where these tasks should go: {"skill":"billing"}.');
  expect(failUnfinished).not.toThrow();
});

test.each<[string, () => unknown, string]>([
  ["no attributes", () => expect(stack).toRoute("x" as never), "toRoute takes the attributes of a task"],
  [
    "an age before its creation",
    () => expect(stack).toRoute({}, { after: -1 }),
    '"after" is the age of the task',
  ],
  ["no number", () => expect(stack).toRoute({}, { after: Number.NaN }), '"after" is the age of the task'],
  ["no worker", () => expect(stack).toRoute({}).to(), ".toNobody() says that"],
  ["no worker who must not be", () => expect(stack).not.toRoute({}).to(), ".toNobody() says that"],
])("refuses %s", (_, mistake, reason) => {
  expect(mistake).toThrow(reason);
});

test("it is jest's expect for everything else", () => {
  expect({ a: 1, b: "x" }).toEqual({ a: 1, b: expect.any(String) });
  expect(() => stack.route({}, { workflow: "Outbound" })).toThrow('There is no workflow "Outbound".');
});

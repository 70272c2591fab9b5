import { expect, test } from "@jest/globals";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { readDeployment } from "../state/deployment.ts";
import { done, said, started, state, step, urnOf } from "./engine-events.fixture.ts";
import { Operation } from "./operation.ts";

const queue = "twilio:taskrouter:TaskQueue";
const number = "twilio:api:IncomingPhoneNumber";
const id = "WS1/WQ1";

const gone = (name: string, fields = {}, type = queue): StepEventMetadata =>
  step("delete", type, name, { old: state(type, name, { id, ...fields }) });
const had = (op: "same" | "create" | "update" | "import", name: string, fields = {}): StepEventMetadata =>
  step(op, queue, name, { new: state(queue, name, { id, ...fields }) });

/** The events of each step as the engine sends them, and what they come to: `name kind → other name`. */
function told(steps: readonly StepEventMetadata[], names: string[] = [], partial = true): string[] {
  const resources = names.map((name) => ({
    ...{ urn: urnOf(queue, name), type: queue, custom: true, id, inputs: { friendlyName: name } },
  }));
  const deployed = readDeployment(JSON.stringify({ deployment: { resources } }));
  const operation = new Operation({ planOnly: false, recorded: { deployed, partial } });
  const events: EngineEvent[] = steps.flatMap((each) => [started(each), done(each)]);
  for (const event of events) operation.apply(event);
  return operation.changes.map(({ name, kind, nowAs, formerly }) =>
    [name, kind, ...(nowAs ? [`→ ${nowAs}`] : []), ...(formerly ? [`← ${formerly}`] : [])].join(" "),
  );
}

const adopted = { outputs: { adopted: true } };

test.each<[string, readonly StepEventMetadata[], string[], string[]?]>([
  [
    "a new name takes the object over",
    [had("create", "sendbacks", adopted), gone("returns")],
    ["sendbacks adopt ← returns", "returns rename → sendbacks"],
  ],
  [
    "and keeps it as the stack's own",
    [had("create", "sendbacks"), gone("returns")],
    ["sendbacks adopt ← returns", "returns rename → sendbacks"],
  ],
  [
    "what was adopted under its old name",
    [had("create", "sendbacks", adopted), gone("returns", adopted)],
    ["sendbacks adopt ← returns", "returns rename → sendbacks"],
  ],
  [
    "a new name imports it",
    [had("import", "sendbacks"), gone("returns")],
    ["sendbacks import ← returns", "returns rename → sendbacks"],
  ],
  [
    "an earlier run that failed had taken it over already",
    [had("same", "sendbacks"), gone("returns")],
    ["sendbacks same ← returns", "returns rename → sendbacks"],
  ],
  [
    "and it changes, too",
    [had("update", "sendbacks"), gone("returns")],
    ["sendbacks update ← returns", "returns rename → sendbacks"],
  ],
  [
    "the old name goes alone, and the new one is not mentioned (--target)",
    [gone("returns")],
    ["returns rename → sendbacks"],
    ["sendbacks", "returns"],
  ],
  [
    "another object is made",
    [
      step("create", queue, "sendbacks", { new: state(queue, "sendbacks", { id: "WS1/WQ2" }) }),
      gone("returns"),
    ],
    ["sendbacks create", "returns delete"],
  ],
  [
    "another object is made, and nobody knows its id yet",
    [step("create", queue, "sendbacks"), gone("returns")],
    ["sendbacks create", "returns delete"],
  ],
  [
    "the same id of another type",
    [had("same", "sendbacks"), gone("returns", {}, number)],
    ["sendbacks same", "returns delete"],
  ],
  [
    "the object goes under both names",
    [gone("returns"), gone("sendbacks")],
    ["returns delete", "sendbacks forget"],
  ],
  ["under one of them it was there before", [gone("a", adopted), gone("b")], ["a forget", "b delete"]],
])("%s", (_, steps, changes, untouched = []) => {
  expect(told(steps, untouched)).toEqual(changes);
});

test("the new name is told with what the old one had, and counted as no deletion", () => {
  const operation = new Operation({ planOnly: true });
  for (const each of [
    had("create", "sendbacks", { inputs: { friendlyName: "Sendbacks" } }),
    gone("returns", { inputs: { friendlyName: "Returns" } }),
  ])
    operation.apply(done(each));
  expect(operation.changes[0]?.subject).toEqual({
    ...{ type: queue, name: "sendbacks" },
    before: { friendlyName: "Returns" },
    after: { friendlyName: "Sendbacks" },
  });
  expect((["create", "adopt", "delete", "rename"] as const).map((kind) => operation.count(kind))).toEqual([
    0, 1, 0, 1,
  ]);
});

test("before the old name goes, or where it stays, the new one is told with what the state has", () => {
  expect(told([had("create", "sendbacks")], ["returns"], false)).toEqual(["sendbacks adopt ← returns"]);
  expect(told([had("same", "returns"), had("update", "sendbacks")], ["returns", "sendbacks"], false)).toEqual(
    ["returns same", "sendbacks update"],
  );
});

test.each([
  ["info", "left WQ1 in place: it was there before"],
  ["warning", "left WQ1 in place: stack staging records it, too"],
  ["info", "left in place: another handler has the number"],
] as const)("what the provider leaves in place is not told as deleted: %s %s", (severity, message) => {
  const operation = new Operation({ planOnly: false });
  const step = gone("returns");
  for (const event of [started(step), said(severity, message, urnOf(queue, "returns")), done(step)])
    operation.apply(event);
  expect(operation.changes.map(({ kind }) => kind)).toEqual(["leave"]);
});

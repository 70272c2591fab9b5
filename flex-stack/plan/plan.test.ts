import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { done, state, step, urnOf } from "../changes/engine-events.fixture.ts";
import { Operation } from "../changes/operation.ts";
import { PlanRecorder, type ChangePlan } from "./change-plan.ts";
import { comparePlans } from "./compare-plans.ts";
import { heldPlan } from "./held-plan.ts";
import { readPlan, removePlan, writePlan } from "./plan-file.ts";
import { requireReviewed } from "./require-reviewed.ts";

const queue = "twilio:taskrouter:TaskQueue";
const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

function planOf(...events: EngineEvent[]): ChangePlan {
  const operation = new Operation({ planOnly: true });
  const recorder = new PlanRecorder();
  for (const event of events) {
    operation.apply(event);
    recorder.observe(event);
  }
  return recorder.plan("prod", operation);
}

const create = (inputs: Record<string, unknown>, name = "billing") =>
  done(step("create", queue, name, { new: state(queue, name, { inputs }) }));
const rename = (from: string, to: string) =>
  done(
    step("update", queue, "billing", {
      old: state(queue, "billing", { id: "WS1/WQ1", inputs: { friendlyName: from } }),
      new: state(queue, "billing", { id: "WS1/WQ1", inputs: { friendlyName: to } }),
      diffs: ["friendlyName"],
    }),
  );
const remove = (name: string) => done(step("delete", queue, name));

const different = (kind: string, change: string, resource = "billing") => [{ kind, change, resource }];

describe("two plans", () => {
  test.each<[string, EngineEvent[], EngineEvent[], unknown[]]>([
    ["of the same creation", [create({ a: 1, b: [2] })], [create({ b: [2], a: 1 })], []],
    [
      "whose JSON is written otherwise",
      [create({ configuration: '{"a": 1, "b": 2}' })],
      [create({ configuration: '{"b":2,"a":1}' })],
      [],
    ],
    ["of another creation", [create({ a: 1 })], [create({ a: 2 })], different("other", "create")],
    [
      "of lists in another order",
      [create({ a: [1, 2] })],
      [create({ a: [2, 1] })],
      different("other", "create"),
    ],
    [
      "whose secrets differ, which is not seen",
      [create({ a: secret("1") })],
      [create({ a: secret("2") })],
      [],
    ],
    ["of the same update", [rename("A", "B")], [rename("A", "B")], []],
    ["that start elsewhere", [rename("A", "C")], [rename("B", "C")], different("other", "update")],
    [
      "an update that became a deletion",
      [rename("A", "B")],
      [remove("billing")],
      different("other", "delete"),
    ],
    ["with a change more", [], [remove("billing")], different("unreviewed", "delete")],
    ["with a change less", [remove("billing")], [], different("gone", "delete")],
    ["in another order", [remove("a"), remove("b")], [remove("b"), remove("a")], []],
    ["of what stays", [done(step("same", queue, "billing"))], [], []],
  ])("%s", (_, reviewed, planned, expected) => {
    expect(comparePlans(planOf(...reviewed), planOf(...planned))).toEqual(expected);
  });

  test("a change that is not the reviewed one is refused, and told resource by resource", () => {
    const reviewed = planOf(create({ a: 1 }), remove("old"));
    const planned = planOf(create({ a: 2 }), remove("support"));
    expect(() => requireReviewed(reviewed, reviewed)).not.toThrow();
    expect(() => requireReviewed(reviewed, planned)).toThrow(
      expect.objectContaining({
        what: 'The change of stack "prod" is not the one that was reviewed. Nothing was changed.',
        why:
          "reviewed, and now another change: create billing\n" +
          "not reviewed: delete support\n" +
          "reviewed, and not planned any more: delete old",
        exitCode: 7,
      }),
    );
  });

  test("many differences are told in part", () => {
    const names = Array.from({ length: 25 }, (_, index) => remove(`queue${index}`));
    expect(() => requireReviewed(planOf(), planOf(...names))).toThrow(
      expect.objectContaining({
        why: expect.stringMatching(/^(not reviewed: delete queue\d+\n){20}and 5 more$/),
      }),
    );
  });
});

describe("a plan in a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "deep", "prod.json");

  test("is read as it was written, and holds no value of any property", () => {
    const plan = planOf(create({ friendlyName: "Billing line" }));
    writePlan(file, plan);
    expect(readPlan(file, "prod")).toEqual(plan);
    expect(readFileSync(file, "utf8")).not.toContain("Billing line");
    expect(plan.changes.map(({ urn }) => urn)).toEqual([urnOf(queue, "billing")]);
  });

  test.each([
    ["that is a folder", folder],
    ["below a file", join(file, "plan.json")],
  ])("%s can't be written, and the error says so", (_, place) => {
    writePlan(file, planOf());
    const refused = expect.objectContaining({
      what: `The plan can't be written to ${place}.`,
      fix: "Give --save-plan a file in a folder that can be written to.",
      exitCode: 2,
    });
    expect(() => removePlan(place)).toThrow(refused);
    expect(() => writePlan(place, planOf())).toThrow(refused);
  });

  test.each(["config:\n  a: b\n", '{"version":3}', '["flexStackPlan"]', ""])(
    "does not take the place of what is none: %j",
    (text) => {
      writeFileSync(file, text);
      expect(() => removePlan(file)).toThrow(
        expect.objectContaining({
          what: `${file} is no plan, and would be lost.`,
          fix: "Give --save-plan a file that is not there yet, or a plan.",
          exitCode: 2,
        }),
      );
      expect(readFileSync(file, "utf8")).toBe(text);
    },
  );

  test("takes the place of one of another version", () => {
    writeFileSync(file, '{"flexStackPlan":0}');
    removePlan(file);
    expect(existsSync(file)).toBe(false);
    removePlan(file);
  });

  test.each([
    ["is not there", undefined, "It can't be read."],
    ["is no JSON", "{", "It is not JSON."],
    [
      "is something else",
      '{"version":3}',
      "flex-stack preview --save-plan did not write it, or another version did.",
    ],
    [
      "is of another stack",
      '{"flexStackPlan":1,"stack":"dev","changes":[]}',
      'It is a plan of stack "dev", not of "prod".',
    ],
  ])("that %s is refused", (_, text, why) => {
    rmSync(file, { force: true });
    if (text !== undefined) writeFileSync(file, text);
    expect(() => readPlan(file, "prod")).toThrow(expect.objectContaining({ why, exitCode: 2 }));
  });
});

test("Pulumi's own plan is used where the preview wrote one, and does not stay", () => {
  const held = heldPlan();
  const [, path = ""] = held.save;
  expect(held.use()).toEqual([]);
  writeFileSync(path, "{}");
  expect(held.use()).toEqual(["--plan", path]);
  held.remove();
  expect(held.use()).toEqual([]);
});

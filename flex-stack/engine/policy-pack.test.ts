import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { disabledRules, policyOptions, unaskedText } from "./policy-pack.ts";

const folder = mkdtempSync(join(tmpdir(), "project-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a project's own pack is used, unless it is unwanted or not there", () => {
  expect(policyOptions(folder, true)).toEqual([]);
  mkdirSync(join(folder, "policy"));
  expect(policyOptions(folder, true)).toEqual([]);
  writeFileSync(join(folder, "policy", "PulumiPolicy.yaml"), "runtime: nodejs\n");
  expect(policyOptions(folder, true)).toEqual(["--policy-pack", join(folder, "policy")]);
  expect(policyOptions(folder, false)).toEqual([]);
});

const withLevels = (levels: unknown) => ({
  project: { name: "flex-messaging", runtime: "nodejs" } as const,
  stack: { config: { "flex-messaging:policy": levels as string } },
});

test.each([
  [undefined, []],
  [{ a: "advisory" }, []],
  [{ b: "disabled", a: "disabled", c: "mandatory" }, ["a", "b"]],
  ['{"a": "disabled"}', ["a"]],
  [{ a: { level: "disabled" }, b: { meant: ["x"] } }, ["a"]],
  ["a", []],
])("of the levels %j, %j are switched off", (levels, rules) => {
  expect(disabledRules(withLevels(levels))).toEqual(rules);
});

test.each([
  ["all", true, undefined],
  ["part", true, "Policies: the preview ended before all rules had looked at all of it."],
  ["none", true, undefined],
  ["none", false, "Policies: the rules were left out (--no-policy)."],
] as const)("rules that ran: %s; wanted: %s", (rulesRan, policy, text) => {
  expect(unaskedText({ rulesRan }, { policy })).toBe(text);
});

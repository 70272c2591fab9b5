import { expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { PolicyCoverage } from "./policy-coverage.ts";

const event = (fields: object): EngineEvent => ({ sequence: 0, timestamp: 0, ...fields });
const loaded = event({ policyLoadEvent: {} });
const resource = (pack: string, ...passed: string[]) =>
  event({ policyAnalyzeSummaryEvent: { resourceUrn: "urn:a", policyPackName: pack, passed } });
const whole = (pack: string, ...passed: string[]) =>
  event({ policyAnalyzeStackSummaryEvent: { policyPackName: pack, passed } });

test.each<[string, EngineEvent[], string, number]>([
  ["there is no pack", [], "none", 0],
  ["the run ended before a pack looked at anything", [loaded], "part", 0],
  ["the run ended before the pack looked at the whole", [loaded, resource("a", "x", "y")], "part", 2],
  ["the pack looked at the whole", [loaded, resource("a", "x", "y"), whole("a", "z")], "all", 3],
  ["the whole was found wrong", [resource("a", "x"), whole("a")], "all", 1],
  ["one of two packs did", [resource("a", "x"), resource("b", "x"), whole("a", "z")], "part", 3],
])("%s", (_, events, ran, held) => {
  const coverage = new PolicyCoverage();
  for (const each of events) coverage.observe(each);
  expect([coverage.ran, coverage.held(new Set())]).toEqual([ran, held]);
});

test("a rule that found something anywhere does not hold", () => {
  const coverage = new PolicyCoverage();
  coverage.observe(resource("a", "x", "y"));
  expect(coverage.held(new Set(["a/x"]))).toBe(1);
});

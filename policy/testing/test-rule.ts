import { describe, expect, test } from "@jest/globals";
import { Plan, type PlannedResource, type StackConfig } from "../planned.ts";
import type { Rule } from "../rule.ts";
import { centre, type Centre, type Properties } from "./centre.ts";

/** What is spoiled, how, and which violations that must give: `name.path problem`. */
export type Case = readonly [what: string, spoil: (centre: Centre) => void, violations: readonly string[]];

/** The rule passes a good contact centre, and says exactly these things about spoiled ones. */
export function testRule(rule: Rule, cases: readonly Case[]): void {
  describe(rule.id, () => {
    test("passes a good contact centre", () => {
      expect(violationsOf(rule, centre())).toEqual([]);
    });

    test.each(cases)("%s", (_what, spoil, violations) => {
      const spoiled = centre();
      spoil(spoiled);
      expect(violationsOf(rule, spoiled)).toEqual(violations);
    });
  });
}

/** What a rule says, as CrossGuard would ask it: together, or one resource at a time. */
export function violationsOf(
  rule: Rule,
  resources: Centre,
  config: StackConfig = { values: {}, secretKeys: [], local: false },
): string[] {
  const all: readonly PlannedResource[] = Object.values(resources);
  const plans =
    rule.scope === "stack" ? [new Plan(all, config)] : all.map((resource) => new Plan([resource], config));
  const violations: string[] = [];
  for (const plan of plans)
    rule.check(plan, (resource, path, problem) =>
      violations.push(`${[resource?.name, path].filter(Boolean).join(".")} ${problem}`),
    );
  return violations;
}

/** Sets one property of a resource; undefined removes it. */
export const set = (name: string, change: Properties) => (resources: Centre) => {
  Object.assign(at(resources, name).properties, change);
};

export const remove = (name: string) => (resources: Centre) => {
  at(resources, name);
  delete resources[name];
};

export function at(resources: Centre, name: string) {
  const resource = resources[name];
  if (resource === undefined) throw new Error(`The contact centre has no ${name}`);
  return resource;
}

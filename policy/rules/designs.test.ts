import { describe, expect, test } from "@jest/globals";
import { Roster, compileWorkflow, routeTask } from "../../routing/index.ts";
import { centre, sid, type Centre } from "../testing/centre.ts";
import { violationsOf } from "../testing/test-rule.ts";
import { designs, mistakes, type Design } from "../testing/workflows.ts";
import { rules } from "./index.ts";

const configurationOf = ({ filters, hasDefault = true }: Pick<Design, "filters" | "hasDefault">) => ({
  task_routing: { filters, ...(hasDefault ? { default_filter: { queue: sid("WQ", 1) } } : {}) },
});

/** The contact centre whose numbers' messages come to a workflow. */
function centreWith(design: Pick<Design, "filters" | "hasDefault">): Centre {
  const resources = centre();
  resources["inbound"]!.properties["configuration"] = configurationOf(design);
  return resources;
}

/** The rules of a level that speak of a contact centre. */
const speaking = (level: string, resources: Centre) =>
  rules
    .filter((rule) => rule.level === level && violationsOf(rule, resources).length > 0)
    .map(({ id }) => id);

test("there are designs enough", () => {
  expect(designs.length).toBeGreaterThanOrEqual(40);
  expect(new Set(designs.map(({ name }) => name)).size).toBe(designs.length);
});

describe("no mandatory rule refuses a design", () => {
  test.each(designs.map((design) => [design.name, design] as const))("%s", (_name, design) => {
    const resources = centreWith(design);
    expect(speaking("mandatory", resources)).toEqual([]);
    expect(speaking("advisory", resources)).toEqual(design.advised ?? []);
  });

  test.each(designs.map((design) => [design.name, design] as const))(
    "and can be evaluated: %s",
    (_name, design) => {
      const workflow = compileWorkflow(configurationOf(design));
      const roster = new Roster({ queues: [], workers: [] });
      expect(() =>
        routeTask({ workflow, roster, task: { attributes: {}, age: 0 }, now: new Date(0) }),
      ).not.toThrow();
    },
  );

  test.each(["1==0", "'a' == 'b'"])("a queue that is off on purpose: %s", (targetWorkers) => {
    const resources = centre();
    resources["billing"]!.properties["targetWorkers"] = targetWorkers;
    expect(speaking("mandatory", resources)).toEqual([]);
  });
});

describe("what loses tasks is refused", () => {
  test.each(mistakes.map((mistake) => [mistake.name, mistake] as const))("%s", (_name, mistake) => {
    expect(speaking("mandatory", centreWith(mistake))).toEqual(mistake.refused);
  });
});

import { describe, expect, test } from "@jest/globals";
import { compileSource, ExpressionError, printExpression } from "../../../routing/index.ts";
import fc from "fast-check";
import { expression } from "../../../routing/expression/arbitrary.ts";
import { exampleTasks } from "./example-tasks.ts";

describe("tasks that make an expression true", () => {
  test.each<[string, [string, unknown][]]>([
    ['skill == "billing"', [['skill == "billing"', { skill: "billing" }]]],
    [
      'skill == "billing" AND priority == "high"',
      [['skill == "billing" AND priority == "high"', { skill: "billing", priority: "high" }]],
    ],
    [
      'skill == "a" OR (vip == true AND level > 2)',
      [
        ['skill == "a"', { skill: "a" }],
        ["vip == true AND level > 2", { vip: true, level: 3 }],
      ],
    ],
    [
      'channel IN ["sms", "chat"]',
      [
        ['channel == "sms"', { channel: "sms" }],
        ['channel == "chat"', { channel: "chat" }],
      ],
    ],
    ['channel NOT IN ["another"]', [['channel NOT IN ["another"]', { channel: "another'" }]]],
    ['tags HAS "vip" AND tags HAS "new"', [['tags HAS "vip" AND tags HAS "new"', { tags: ["vip", "new"] }]]],
    ['name CONTAINS "Ltd"', [['name CONTAINS "Ltd"', { name: "Ltd" }]]],
    ["targetWorker != null", [["targetWorker != null", { targetWorker: "another" }]]],
    ["targetWorker == null", [["targetWorker == null", {}]]],
    ["5 < level", [["5 < level", { level: 6 }]]],
    ["a.b[1] == 2", [["a.b[1] == 2", { a: { b: [, 2] } }]]],
    ["1 == 1", [["1 == 1", {}]]],
    ["1 == 2", []],
    ["a == b", []],
    ["a == 1 AND a == 2", []],
    ["a ===", []],
  ])("%s", (source, expected) => {
    expect(exampleTasks(source).map(({ label, attributes }) => [label, attributes])).toEqual(expected);
  });

  test("an attribute may have any name", () => {
    const [task] = exampleTasks('__proto__ == "x"');
    expect(Object.hasOwn(task?.attributes ?? {}, "__proto__")).toBe(true);
    expect(Reflect.get({}, "x")).toBeUndefined();
  });

  test("hold, whatever the expression", () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const source = printExpression(tree);
        for (const { attributes } of exampleTasks(source)) {
          expect(compileSource(source).test(attributes)).toBe(true);
        }
      }),
    );
    expect(() => compileSource("a ===")).toThrow(ExpressionError);
  });
});

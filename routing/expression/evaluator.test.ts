import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { JsonObject } from "../json.ts";
import { attributes, expression } from "./arbitrary.ts";
import { compileExpression, evaluateExpression } from "./evaluator.ts";
import { parseExpression } from "./parser.ts";

const worker: JsonObject = {
  name: "Ann",
  level: 5,
  rate: 1.5,
  zero: 0,
  digits: "5",
  active: true,
  nothing: null,
  skills: ["billing", "support", 7],
  routing: { skills: ["billing"], levels: { billing: 3 } },
  object: { array: ["a", "b", "c"], attr: "bar" },
};

const table: readonly (readonly [
  group: string,
  cases: readonly (readonly [source: string, value: boolean])[],
])[] = [
  [
    "equality",
    [
      ["1 == 1", true],
      ["0 != 1", true],
      ["'apple' != \"orange\"", true],
      ["name == 'Ann'", true],
      ["name = 'Ann'", true],
      ["name == 'ann'", false],
      ["name != 'Bob'", true],
      ["'Ann' == name", true],
      ["level == 5.0", true],
      ["active == true", true],
      ["active != false", true],
      ["digits == 5", false],
      ["digits != 5", true],
      ["zero == false", false],
      ["zero == null", false],
    ],
  ],
  [
    "order",
    [
      ["level > 4", true],
      ["level > 5", false],
      ["level >= 5", true],
      ["rate < 2", true],
      ["rate <= 1.5", true],
      ["level > -1", true],
      ["name < 'Bob'", true],
      ["name >= 'Ann'", true],
      ["digits > 4", true],
      ["digits <= 5", true],
      ["digits > 5", false],
      ["level > '4'", true],
      ["'06' <= 13", true],
      ["'20' <= 13", false],
      ["'>20' <= 13", false],
      ["'>20' > 13", false],
      ["'Unknown' > 13", false],
      ["'' < 13", false],
      ["'9' > '13'", true],
      ["active > false", false],
      ["missing < 1", false],
      ["missing >= null", false],
    ],
  ],
  [
    "missing attributes",
    [
      ["missing == null", true],
      ["missing != null", false],
      ["nothing == null", true],
      ["name != null", true],
      ["missing == 'x'", false],
      ["missing != 'x'", true],
      ["missing != true", true],
      ["missing == other", true],
      ["missing != other", false],
      ["missing == name", false],
      ["missing HAS 'x'", false],
      ["missing IN ['x']", false],
      ["missing IN ['x', null]", true],
      ["missing NOT IN ['x']", true],
      ["'x' IN missing", false],
      ["'x' NOT IN missing", false],
      ["missing CONTAINS ''", false],
      ["missing.deep[3].er == null", true],
    ],
  ],
  [
    "arrays",
    [
      ["skills HAS 'billing'", true],
      ["skills >- 'billing'", true],
      ["skills has 7", true],
      ["skills HAS '7'", false],
      ["skills HAS 'bill'", false],
      ["'billing' IN skills", true],
      ["'billing' <- skills", true],
      ["'sales' NOT IN skills", true],
      ["'billing' NOT IN skills", false],
      ["name IN ['Ann', 'Bob']", true],
      ["name NOT IN ['Ann', 'Bob']", false],
      ["name IN []", false],
      ["['Ann'] HAS name", true],
      ["routing.skills HAS 'billing'", true],
    ],
  ],
  [
    "wrong types",
    [
      ["skills == 'billing'", false],
      ["skills != 'sales'", false],
      ["skills == skills", false],
      ["skills > 1", false],
      ["skills CONTAINS 'billing'", false],
      ["skills != null", true],
      ["skills == null", false],
      ["name HAS 'A'", false],
      ["'A' IN name", false],
      ["'A' NOT IN name", false],
      ["skills HAS ['billing']", false],
      ["skills IN ['billing']", false],
      ["skills NOT IN ['billing']", false],
      ["routing != 'x'", false],
      ["routing == routing", false],
      ["routing != null", true],
      ["level CONTAINS 5", false],
    ],
  ],
  [
    "substrings",
    [
      ["name CONTAINS 'nn'", true],
      ["name contains 'NN'", false],
      ["name CONTAINS ''", true],
    ],
  ],
  [
    "paths",
    [
      ["object.array[0] == 'a'", true],
      ["object.array[3] == null", true],
      ["object.attr == 'bar'", true],
      ["object.attr.more == null", true],
      ["object.array.length == 3", false],
      ["name.length == 3", false],
      ["name[0] == 'A'", false],
      ["constructor == null", true],
      ["__proto__ == null", true],
      ["routing.levels.billing >= 3", true],
    ],
  ],
  [
    "logic",
    [
      ["1 == 1 AND 1 == 2", false],
      ["1 == 1 OR 1 == 2", true],
      ["1 == 1 OR 1 == 1 AND 1 == 2", true],
      ["(1 == 1 OR 1 == 1) AND 1 == 2", false],
      ["1 == 2 and 1 == 1 or 1 == 1", true],
    ],
  ],
];

describe.each(table)("%s", (_group, cases) => {
  test.each(cases)("%s is %s", (source, value) => {
    const parsed = parseExpression(source);
    expect(evaluateExpression(parsed, worker)).toBe(value);
    expect(compileExpression(parsed)(worker)).toBe(value);
  });
});

test("any expression has a value for any attributes, compiled or not", () => {
  fc.assert(
    fc.property(expression, attributes, (tree, root) => {
      const value = evaluateExpression(tree, root);
      expect(typeof value).toBe("boolean");
      expect(compileExpression(tree)(root)).toBe(value);
    }),
    { numRuns: 5000 },
  );
});

test("an expression as long as a configuration may be is no problem", () => {
  const parsed = parseExpression(Array.from({ length: 60_000 }, () => "level == 5").join(" AND "));
  expect(evaluateExpression(parsed, worker)).toBe(true);
  expect(compileExpression(parsed)(worker)).toBe(true);
});

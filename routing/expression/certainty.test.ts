import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { attributes, expression } from "./arbitrary.ts";
import { canBeTrue, certainValue, isSwitchedOff } from "./certainty.ts";
import { evaluateExpression } from "./evaluator.ts";
import { parseExpression } from "./parser.ts";

const cases: readonly (readonly [source: string, value: boolean | undefined])[] = [
  ["1 == 1", true],
  ["1 == 0", false],
  ["'a' IN ['a']", true],
  ["a == 1", undefined],
  ["a == ['x']", false],
  ["a != ['x']", undefined],
  ["a > true", false],
  ["a < null", false],
  ["a CONTAINS 1", false],
  ["a HAS ['x']", false],
  ["'x' HAS a", false],
  ["a IN 'x'", false],
  ["a IN []", false],
  ["a NOT IN []", undefined],
  ["a == 1 AND 1 == 2", false],
  ["a == 1 OR 1 == 1", true],
  ["a == 1 OR 1 == 2", undefined],
  ["1 == 1 AND 2 == 2", true],
  ["1 == 2 OR a IN []", false],
  ["a == 1 AND b == 2", undefined],
  ["a == 1 AND 2 == a", false],
  ["a == null AND a == 1", false],
  ["a.b == 'x' AND a.b == 'x'", undefined],
];

test.each(cases)("%s", (source, value) => {
  expect(certainValue(parseExpression(source))).toBe(value);
  expect(canBeTrue(parseExpression(source))).toBe(value !== false);
});

test("what is certain holds for any attributes", () => {
  fc.assert(
    fc.property(expression, attributes, (tree, root) => {
      const value = certainValue(tree);
      fc.pre(value !== undefined);
      expect(evaluateExpression(tree, root)).toBe(value);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["1==0", true],
  ["'a' == 'b'", true],
  ["1 == 0 AND skill == 'x'", true],
  ["1 == 0 OR 2 == 3", true],
  ["1 == 0 OR skill == 'x'", false],
  ["1 == 1", false],
  ["a == 1 AND a == 2", false],
  ["a IN []", false],
])("%s is switched off: %s", (source, off) => {
  expect(isSwitchedOff(parseExpression(source))).toBe(off);
});

test("what is switched off is never true", () => {
  fc.assert(
    fc.property(expression, (tree) => {
      fc.pre(isSwitchedOff(tree));
      expect(certainValue(tree)).toBe(false);
    }),
  );
});

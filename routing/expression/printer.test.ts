import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { expression } from "./arbitrary.ts";
import { parseExpression } from "./parser.ts";
import { printExpression } from "./printer.ts";

/** The tree without its positions. */
function bare(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => (key === "start" || key === "end" ? undefined : value)),
  );
}

test("parsing what was printed gives the same tree", () => {
  fc.assert(
    fc.property(expression, (tree) => {
      expect(bare(parseExpression(printExpression(tree)))).toEqual(bare(tree));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  [1e21, "1000000000000000000000"],
  [-1.25e21, "-1250000000000000000000"],
  [5e-7, "0.0000005"],
  [-1.25e-7, "-0.000000125"],
  [123456.5, "123456.5"],
])("prints %d in decimal digits", (value, text) => {
  const span = { start: 0, end: 0 };
  const constant = { kind: "constant" as const, value, ...span };
  expect(
    printExpression({ kind: "comparison", operator: "==", left: constant, right: constant, ...span }),
  ).toBe(`${text} == ${text}`);
});

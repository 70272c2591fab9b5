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

test("white space between and within operators, and the case of keywords, change nothing", () => {
  const space = fc.array(fc.constantFrom(" ", "\t", "\n"), { minLength: 1, maxLength: 3 });
  // What stands within a string is its own.
  const pieces = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[!=<>]=| |[^"' =!<>]+|[<>]/g;
  fc.assert(
    fc.property(expression, fc.infiniteStream(space), fc.boolean(), (tree, spaces, lower) => {
      const next = () => spaces.next().value.join("");
      const spaced = printExpression(tree).replaceAll(pieces, (piece) => {
        if (piece === " ") return next();
        if (/^[!=<>]=$/.test(piece)) return piece.charAt(0) + next() + "=";
        return lower && /^(AND|OR|HAS|IN|NOT|CONTAINS)$/.test(piece) ? piece.toLowerCase() : piece;
      });
      expect(bare(parseExpression(spaced))).toEqual(bare(tree));
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

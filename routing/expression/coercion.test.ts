import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Json } from "../json.ts";
import { operators, type Operator } from "./ast.ts";
import { compare } from "./compare.ts";
import { compileExpression } from "./evaluator.ts";
import { explainExpression } from "./explain.ts";
import { parseExpression } from "./parser.ts";

/** Values of each type, some of which look like those of another. */
const samples = {
  text: ["", "a", "A", "ab", "12", "06", "9", " 7 ", "1.5", "-1", ">20", "1e3", "true", "null"],
  number: [0, 1, 1.5, -1, 6, 9, 12, 1000],
  boolean: [true, false],
  null: [null],
  list: [[], ["a"], ["12"], [12], [true], [null], [["a"]]],
  object: [{}, { a: 1 }],
} satisfies Record<string, readonly Json[]>;
type Type = keyof typeof samples;
const types = Object.keys(samples) as Type[];
const scalars: readonly Type[] = ["text", "number", "boolean"];

/** The types a cell of the table means; on the right, "same" and "another" speak of the left one. */
function typesOf(cell: string, left?: Type): readonly Type[] {
  switch (cell) {
    case "same scalar type":
      return left === undefined ? scalars : [left];
    case "scalar of another":
      return scalars.filter((type) => type !== left);
    case "scalar":
      return scalars;
    case "scalar or null":
      return [...scalars, "null"];
    case "anything":
      return types;
  }
  const but = /^anything but (\w+)$/.exec(cell)?.[1];
  if (but !== undefined) return types.filter((type) => type !== but);
  return cell.split(/, | or /).map((name) => {
    if (!types.includes(name as Type)) throw new Error(`The table has the type "${cell}", which is none.`);
    return name as Type;
  });
}

const decimal = (value: Json) =>
  typeof value === "number"
    ? value
    : typeof value === "string" && /^ *-?[0-9]+([.][0-9]+)? *$/.test(value)
      ? Number(value)
      : undefined;

const ordered = <Value extends number | string>(operator: Operator, left: Value, right: Value): boolean => {
  switch (operator) {
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "<":
      return left < right;
    default:
      return left <= right;
  }
};

/** What a cell of the column "Answer" says of two values. */
function answer(cell: string, operator: Operator, left: Json, right: Json): boolean {
  switch (cell) {
    case "true":
      return true;
    case "false":
      return false;
    case "whether they are equal":
      return left === right;
    case "whether they differ":
      return left !== right;
    case "by number":
    case "by number, or false": {
      const [one, other] = [decimal(left), decimal(right)];
      return one !== undefined && other !== undefined && ordered(operator, one, other);
    }
    case "by character":
      return ordered(operator, left as string, right as string);
    case "whether the right is in the left":
      return (left as string).split(right as string).length > 1 || right === "";
    case "whether it is in the list":
    case "whether it is not in the list": {
      const [list, one] = operator === "HAS" ? [left, right] : [right, left];
      const found = (list as readonly Json[]).some((item) => item === one);
      return cell === "whether it is in the list" ? found : !found;
    }
  }
  throw new Error(`The table answers "${cell}", which says nothing.`);
}

interface Row {
  readonly operator: Operator;
  readonly left: Type;
  readonly right: Type;
  readonly answer: string;
}

const page = readFileSync(new URL("../../docs/expressions.md", import.meta.url), "utf8");
const rows = page
  .split("\n")
  .filter((line) => /^\| `(==|!=|>|CONTAINS|HAS|IN|NOT IN)`/.test(line))
  .filter((line) => line.split(" | ").length === 5)
  .flatMap((line): Row[] => {
    const [names = "", left = "", right = "", says = "", why = ""] = line
      .replace(/^\||\|$/g, "")
      .split(" | ")
      .map((cell) => cell.trim());
    if (why === "") throw new Error(`A row has no source and no reason: ${line}`);
    const bare = (cell: string) => cell.replaceAll("`", "");
    return [...names.matchAll(/`([^`]+)`/g)].flatMap(([, operator]) =>
      typesOf(bare(left)).flatMap((one) =>
        typesOf(bare(right), one).map((other) => ({
          operator: operator as Operator,
          left: one,
          right: other,
          answer: says,
        })),
      ),
    );
  });

const pairs = operators.flatMap((operator) =>
  types.flatMap((left) => types.map((right) => [operator, left, right] as const)),
);

describe("docs/expressions.md", () => {
  test("has one row for every operator and pair of types", () => {
    const count = new Map(pairs.map((pair) => [pair.join(" "), 0]));
    for (const { operator, left, right } of rows) {
      const pair = `${operator} ${left} ${right}`;
      count.set(pair, (count.get(pair) ?? Number.NaN) + 1);
    }
    expect([...count].filter(([, times]) => times !== 1)).toEqual([]);
    expect(rows).toHaveLength(360);
  });

  test.each(operators)("tells what %s answers", (operator) => {
    for (const row of rows.filter((each) => each.operator === operator)) {
      for (const left of samples[row.left] as readonly Json[]) {
        for (const right of samples[row.right] as readonly Json[]) {
          const expected = answer(row.answer, operator, left, right);
          const found = [compare(operator, left, right)];
          const tree = parseExpression(`left ${operator} right`);
          found.push(
            compileExpression(tree)({ left, right }),
            explainExpression(tree, { left, right }).value,
          );
          const what = `${JSON.stringify(left)} ${operator} ${JSON.stringify(right)}`;
          expect([what, ...found]).toEqual([what, expected, expected, expected]);
        }
      }
    }
  });
});

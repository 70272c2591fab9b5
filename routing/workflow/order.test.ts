import { describe, expect, test } from "@jest/globals";
import type { JsonObject } from "../json.ts";
import { ExpressionError } from "../expression/error.ts";
import { compareBy, parseOrderBy, printOrderBy } from "./order.ts";

test.each([
  ["worker.level DESC", "worker.level DESC"],
  ["worker.level", "worker.level ASC"],
  [" worker.levels.english desc ,worker.cost  asc", "worker.levels.english DESC, worker.cost ASC"],
  ["worker.routing.levels.988en DESC", "worker.routing.levels.988en DESC"],
  ["worker.routing.levels.988en DESC , worker.2 asc", "worker.routing.levels.988en DESC, worker.2 ASC"],
])("reads %j", (source, canonical) => {
  expect(printOrderBy(parseOrderBy(source))).toBe(canonical);
});

test.each([
  ["", 0, "worker.<attribute>"],
  ["level DESC", 0, "worker.<attribute>"],
  ["worker DESC", 0, "worker.<attribute>"],
  ["worker.a ASC, task.b ASC", 14, "worker.<attribute>"],
  ["worker.a ASC,", 13, "worker.<attribute>"],
  ["worker.my-level ASC", 0, "worker.<attribute>"],
  ["worker.a DOWN", 9, "ASC or DESC"],
  ["worker.a ASC worker.b", 13, ", or the end"],
])("refuses %j", (source, position, expected) => {
  let thrown: unknown;
  try {
    parseOrderBy(source);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ExpressionError);
  expect(thrown).toMatchObject({ position, expected });
});

describe("compares", () => {
  const workers: Readonly<Record<string, JsonObject>> = {
    high: { level: 9, cost: 3 },
    low: { level: 1, cost: 1 },
    cheap: { level: 9, cost: 2 },
    text: { level: "9" },
    fraction: { level: 9.5 },
    none: {},
  };
  test.each([
    ["worker.level DESC", ["high", "cheap", "low", "text", "fraction", "none"]],
    ["worker.level ASC", ["low", "high", "cheap", "text", "fraction", "none"]],
    ["worker.level DESC, worker.cost ASC", ["cheap", "high", "low", "text", "fraction", "none"]],
  ])("%s", (orderBy, order) => {
    const terms = parseOrderBy(orderBy);
    const sorted = Object.keys(workers).sort((one, other) =>
      compareBy(terms, { worker: workers[one] ?? {} }, { worker: workers[other] ?? {} }),
    );
    expect(sorted).toEqual(order);
  });
});

import { expect, test } from "@jest/globals";
import { circles } from "./circles.ts";

test.each([
  ["nothing", {}, []],
  ["a chain", { a: ["b"], b: ["c"], c: [] }, []],
  ["two ways to one place", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
  ["two that name each other", { a: ["b"], b: ["a"] }, [["a", "b"]]],
  ["one that names itself", { a: ["a"] }, [["a"]]],
  ["a long way round", { a: ["b"], b: ["c"], c: ["d", "x"], d: ["a"], x: [] }, [["a", "b", "c", "d"]]],
  ["two circles that share a place", { a: ["b", "c"], b: ["a"], c: ["a"] }, [["a", "b", "c"]]],
  [
    "two circles, one of which leads to the other",
    { a: ["b"], b: ["a", "c"], c: ["d"], d: ["c"] },
    [
      ["c", "d"],
      ["a", "b"],
    ],
  ],
] as [string, Record<string, string[]>, string[][]][])("of %s", (_what, graph, expected) => {
  expect(circles(new Map(Object.entries(graph)))).toEqual(expected);
});

import { describe, expect, test } from "@jest/globals";
import { differences, type Difference } from "./difference.ts";

const workflow = (timeout: number, queue = "WQ1") =>
  JSON.stringify({
    task_routing: {
      filters: [
        { filter_friendly_name: "Billing", targets: [{ queue, timeout }] },
        { filter_friendly_name: "Support", targets: [{ queue: "WQ2" }] },
      ],
    },
  });

const cases: [string, unknown, unknown, Difference[]][] = [
  ["equal values", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
  ["reformatted JSON", '{"a":1,"b":2}', '{ "b": 2,\n "a": 1 }', []],
  [
    "a text",
    "Billing",
    "Billing EU",
    [{ path: "p", kind: "update", before: "Billing", after: "Billing EU" }],
  ],
  ["an added value", undefined, 5, [{ path: "p", kind: "add", before: undefined, after: 5 }]],
  ["a removed value", 5, undefined, [{ path: "p", kind: "delete", before: 5, after: undefined }]],
  ["a value instead of an object", { a: 1 }, 5, [{ path: "p", kind: "update", before: { a: 1 }, after: 5 }]],
  [
    "keys of an object",
    { a: 1, b: 2, c: 3 },
    { a: 1, b: 9, d: 4 },
    [
      { path: "p.b", kind: "update", before: 2, after: 9 },
      { path: "p.c", kind: "delete", before: 3, after: undefined },
      { path: "p.d", kind: "add", before: undefined, after: 4 },
    ],
  ],
  [
    "one number inside JSON text",
    workflow(30),
    workflow(60),
    [{ path: 'p.task_routing.filters["Billing"].targets[0].timeout', kind: "update", before: 30, after: 60 }],
  ],
  [
    "a filter put first is the only one that is new",
    [{ filter_friendly_name: "B", expression: "x" }],
    [
      { filter_friendly_name: "A b", expression: "y" },
      { filter_friendly_name: "B", expression: "x" },
    ],
    [
      {
        path: 'p["A b"]',
        kind: "add",
        before: undefined,
        after: { filter_friendly_name: "A b", expression: "y" },
      },
    ],
  ],
  [
    "named elements in another order",
    [{ name: "a" }, { name: "b" }],
    [{ name: "b" }, { name: "a" }],
    [{ path: "p", kind: "update", before: ["a", "b"], after: ["b", "a"] }],
  ],
  [
    "elements without names go by position",
    [{ queue: "WQ1" }, { queue: "WQ2" }],
    [{ queue: "WQ1" }],
    [{ path: "p[1]", kind: "delete", before: { queue: "WQ2" }, after: undefined }],
  ],
  [
    "plain elements by what came and went",
    ["sendMessage", "leaveChannel"],
    ["leaveChannel", "editOwnMessage"],
    [
      { path: "p", kind: "delete", before: "sendMessage", after: undefined },
      { path: "p", kind: "add", before: undefined, after: "editOwnMessage" },
    ],
  ],
  [
    "plain elements in another order",
    [1, 2],
    [2, 1],
    [{ path: "p", kind: "update", before: [1, 2], after: [2, 1] }],
  ],
  ["a repeated element", ["a", "a"], ["a"], [{ path: "p", kind: "delete", before: "a", after: undefined }]],
];

describe("differences", () => {
  test.each(cases)("%s", (_, before, after, expected) => {
    expect(differences(["p"], before, after)).toEqual(expected);
  });
});

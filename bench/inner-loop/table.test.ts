import { expect, test } from "@jest/globals";
import { median, seconds } from "./measure.ts";
import { loopTable, marks, scaleTable, withTable } from "./table.ts";

test.each([
  ["0m1.20s 0m0.30s", 1.5],
  ["1m2.5s 0m0s", 62.5],
  ["", 0],
])("%j is %d seconds", (times, expected) => {
  expect(seconds(times)).toBeCloseTo(expected);
});

test("of five the middle one counts", () => {
  expect(median([5, 1, 9, 2, 3])).toBe(3);
});

test("each number stands beside its share of the one before", () => {
  const now = { wall: 2, cpu: 1.5, memory: 400 };
  const rows = [
    { command: "up", now, before: { wall: 8, cpu: 7.5, memory: 1000 } },
    { command: "drift", now, before: undefined },
  ];
  expect(loopTable(rows).split("\n").slice(2)).toEqual([
    "| `up` | 2.0 of 8.0 (0.25 ×) | 1.50 of 7.50 (0.20 ×) | 400 of 1000 (0.40 ×) |",
    "| `drift` | 2.0 | 1.50 | 400 |",
  ]);
});

test("a table takes the place of the one before it", () => {
  const [start, end] = marks.loop;
  expect(withTable(`a\n${start}\nold\n${end}\nb`, marks.loop, "new")).toBe(`a\n${start}\n\nnew\n\n${end}\nb`);
  expect(() => withTable("a", marks.scale, "new")).toThrow("no place for the table");
});

test("of many resources the requests are told, too", () => {
  const now = { wall: 2, cpu: 1.5, memory: 400, requests: 51 };
  const rows = [
    { resources: 201, latency: 100, command: "up", now, before: { ...now, wall: 8, requests: 50 } },
  ];
  expect(scaleTable(rows).split("\n").slice(2)).toEqual([
    "| 201 | `up` | 2.0 of 8.0 (0.25 ×) | 0.3 | 1.50 of 1.50 (1.00 ×) | 400 of 400 (1.00 ×) | 51 of 50 |",
  ]);
});

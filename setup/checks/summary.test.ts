import { expect, test } from "@jest/globals";
import { table, totals } from "./summary.mjs";

test("the outcomes stand in columns", () => {
  expect(
    table([
      { name: "lint", outcome: { passed: 1, failed: 0 }, time: "12.0 s" },
      {
        name: "jest",
        outcome: { passed: 1234, failed: 2, skipped: 3, note: "jest ended with 1" },
        time: "1.0 s",
      },
      { name: "go test", outcome: { passed: 0, failed: 0, note: "not run: no go here" }, time: "0 ms" },
    ]),
  ).toBe(
    [
      "         passed  failed    time",
      "lint          1       0  12.0 s",
      "jest       1234       2   1.0 s  3 skipped; jest ended with 1",
      "go test       0       0    0 ms  not run: no go here",
    ].join("\n"),
  );
});

test.each([
  [[], "0 passed, 0 failed"],
  [
    [
      { passed: 2, failed: 0 },
      { passed: 3, failed: 1, skipped: 4 },
    ],
    "5 passed, 1 failed",
  ],
  [[{ passed: 0, failed: 0, note: "not run" }], "0 passed, 0 failed"],
])("%j add up to %s", (outcomes, line) => {
  expect(totals(outcomes).line).toBe(line);
});

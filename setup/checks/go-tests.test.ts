import { expect, test } from "@jest/globals";
import { readGoTests } from "./go-tests.mjs";

const event = (Action: string, Test?: string, more: object = {}): string =>
  JSON.stringify({ Action, Package: "a/b", ...(Test === undefined ? {} : { Test }), ...more });

test.each<[string, string[], object]>([
  ["nothing", [], { passed: 0, failed: 0, skipped: 0 }],
  [
    "tests that pass and one that is switched off",
    [event("pass", "TestA"), event("skip", "TestB"), event("pass")],
    { passed: 1, failed: 0, skipped: 1 },
  ],
  [
    "tests of tests, of which the innermost count",
    [
      event("pass", "TestA/x/y"),
      event("pass", "TestA/z"),
      event("pass", "TestA/x"),
      event("pass", "TestA"),
      event("pass"),
    ],
    { passed: 2, failed: 0, skipped: 0 },
  ],
  [
    "a test whose name has a slash",
    [event("pass", "TestA/x/y"), event("pass", "TestA"), event("pass")],
    { passed: 1, failed: 0, skipped: 0 },
  ],
  [
    "one failure, told by all it is in",
    [event("fail", "TestA/x"), event("pass", "TestA/y"), event("fail", "TestA"), event("fail")],
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    "a test that fails after its own tests have passed",
    [event("pass", "TestA/x"), event("fail", "TestA"), event("fail")],
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    "a package that can't be built",
    [
      JSON.stringify({ Action: "build-output", ImportPath: "a/b", Output: "./x.go:1: no\n" }),
      JSON.stringify({ Action: "build-fail", ImportPath: "a/b" }),
      event("fail", undefined, { FailedBuild: "a/b" }),
      JSON.stringify({ Action: "pass", Package: "a/c", Test: "TestC" }),
      JSON.stringify({ Action: "pass", Package: "a/c" }),
    ],
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    "a package that breaks down in the middle",
    [event("run", "TestA"), event("output", "TestA", { Output: "panic: no\n" }), event("fail")],
    { passed: 0, failed: 1, skipped: 0 },
  ],
  [
    "a package without tests, and lines that are no events",
    ["go: downloading x v1", event("skip")],
    { passed: 0, failed: 0, skipped: 0 },
  ],
])("counts %s", (_, lines, outcome) => {
  expect(readGoTests(lines).outcome).toEqual(outcome);
});

test("shows what was written when something failed, and nothing else", () => {
  const output = event("output", "TestA", { Output: "x_test.go:1: 1 is not 2\n" });
  expect(readGoTests([output, event("fail", "TestA"), event("fail")]).failures).toBe(
    "x_test.go:1: 1 is not 2\n",
  );
  expect(readGoTests([output, event("pass", "TestA"), event("pass")]).failures).toBe("");
});

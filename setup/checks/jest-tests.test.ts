import { expect, test } from "@jest/globals";
import { readJest, type Report } from "./jest-tests.mjs";

const report = (
  counts: Partial<Report>,
  files: [status: string, ...assertions: string[]][] = [],
): Report => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: files.map(([status, ...assertions]) => ({
    status,
    assertionResults: assertions.map((each) => ({ status: each })),
  })),
  ...counts,
});

test.each([
  [
    "tests that pass, are switched off, or are yet to be written",
    report({ numPassedTests: 2, numPendingTests: 1, numTodoTests: 1 }, [["passed", "passed", "passed"]]),
    0,
    { passed: 2, failed: 0, skipped: 2 },
  ],
  [
    "a test that fails",
    report({ numPassedTests: 1, numFailedTests: 1 }, [["failed", "passed", "failed"]]),
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    "a file that can't be loaded",
    report({ numPassedTests: 1 }, [["failed"], ["passed", "passed"]]),
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    "a file whose tests pass and whose cleaning up fails",
    report({ numPassedTests: 1 }, [["failed", "passed"]]),
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    "jest failing although every test passed",
    report({ numPassedTests: 1 }, [["passed", "passed"]]),
    1,
    { passed: 1, failed: 1, skipped: 0, note: "jest ended with 1" },
  ],
])("counts %s", (_, of, code, outcome) => {
  expect(readJest(of, code)).toEqual(outcome);
});

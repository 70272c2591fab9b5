import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { singleCheck } from "./single-check.mjs";

let shown: string;
beforeEach(() => {
  shown = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    shown += String(text);
    return true;
  });
});
afterEach(() => void jest.restoreAllMocks());

test.each([
  ["echo fine", false, { passed: 1, failed: 0 }, ""],
  ["echo wrong; exit 1", false, { passed: 0, failed: 1 }, "wrong\n"],
  ["true", true, { passed: 1, failed: 0 }, ""],
  ["echo main.go", true, { passed: 0, failed: 1 }, "main.go\n"],
])("%j, silent: %j", async (script, silent, outcome, output) => {
  const { signal } = new AbortController();
  expect(await singleCheck("/bin/sh", ["-c", script], { cwd: tmpdir(), signal, silent })).toEqual(outcome);
  expect(shown).toBe(output);
});

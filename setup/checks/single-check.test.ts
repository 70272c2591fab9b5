import { tmpdir } from "node:os";
import { expect, test } from "@jest/globals";
import { singleCheck } from "./single-check.mjs";

test.each([
  ["echo fine", false, { passed: 1, failed: 0 }],
  ["echo wrong; exit 1", false, { passed: 0, failed: 1, output: "wrong\n" }],
  ["true", true, { passed: 1, failed: 0 }],
  ["echo main.go", true, { passed: 0, failed: 1, output: "main.go\n" }],
])("%j, silent: %j", async (script, silent, outcome) => {
  const { signal } = new AbortController();
  expect(await singleCheck("/bin/sh", ["-c", script], { cwd: tmpdir(), signal, silent })).toEqual(outcome);
});

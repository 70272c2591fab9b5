import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { policyOptions } from "./policy-pack.ts";

const folder = mkdtempSync(join(tmpdir(), "project-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a project's own pack is used, unless it is unwanted or not there", () => {
  expect(policyOptions(folder, true)).toEqual([]);
  mkdirSync(join(folder, "policy"));
  expect(policyOptions(folder, true)).toEqual([]);
  writeFileSync(join(folder, "policy", "PulumiPolicy.yaml"), "runtime: nodejs\n");
  expect(policyOptions(folder, true)).toEqual(["--policy-pack", join(folder, "policy")]);
  expect(policyOptions(folder, false)).toEqual([]);
});

import { expect, test } from "@jest/globals";
import type { DriftOptions } from "../../flex-stack/drift/index.ts";
import { checkDriftOptions } from "./check-options.ts";

const now = new Date("2026-11-24T12:00:00Z");
const options = (changes: Partial<DriftOptions>): DriftOptions => ({
  stack: "dev",
  format: "text",
  json: false,
  writeBaseline: false,
  unmanaged: "new",
  yes: false,
  cwd: ".",
  ...changes,
});
const writing = { writeBaseline: true, baseline: "b.yaml", comment: "why" };

test.each<[string, Partial<DriftOptions>]>([
  ["nothing", {}],
  ["a format", { format: "html", output: "drift.html" }],
  ["a fix", { fix: "revert", yes: true }],
  ["a baseline to write", writing],
  ["accepted until today", { ...writing, expires: "2026-11-24" }],
])("takes %s", (_case, changes) => {
  expect(() => checkDriftOptions(options(changes), now)).not.toThrow();
});

test.each<[string, Partial<DriftOptions>, string]>([
  [
    "a fix for programs",
    { fix: "adopt", format: "json" },
    "--fix adopt talks with you, and --format json is for programs.",
  ],
  ["two ways out", { ...writing, fix: "revert" }, "--fix and --write-baseline exclude each other."],
  ["no file", { ...writing, baseline: undefined }, "--write-baseline needs a file."],
  ["no reason", { ...writing, comment: " " }, "--write-baseline needs a reason."],
  ["a reason for nothing", { comment: "why" }, "--comment and --expires are for --write-baseline."],
  ["no day", { ...writing, expires: "soon" }, "--expires soon is no day."],
  ["a day that is over", { ...writing, expires: "2026-11-23" }, "--expires 2026-11-23 is in the past."],
])("refuses %s", (_case, changes, what) => {
  expect(() => checkDriftOptions(options(changes), now)).toThrow(what);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { leftJournalIn } from "./leftJournal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "left-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each<[string, string, NodeJS.ProcessEnv, place: string, found: boolean]>([
  ["in the project", "backend:\n  url: file://.?metadata=skip\n", {}, ".", true],
  ["in the project, in one line", 'backend: { url: "file://." }\n', {}, ".", true],
  ["with a comment before it", "name: p\nbackend:\n  # ours\n  url: file://.\n", {}, ".", true],
  ["in a folder of the project", "backend:\n  url: file://state\n", {}, "state", true],
  ["where the environment says", "backend:\n  url: s3://b\n", { PULUMI_BACKEND_URL: "file://x" }, "x", true],
  [
    "not where the environment says otherwise",
    "backend:\n  url: file://.\n",
    { PULUMI_BACKEND_URL: "s3://b" },
    ".",
    false,
  ],
  ["not of another backend", "backend:\n  url: https://api.pulumi.com\n", {}, ".", false],
  ["not without a backend", "name: p\n", {}, ".", false],
  ["not of another stack", "backend:\n  url: file://.\n", {}, "elsewhere", false],
])("the journal is found %s", (_where, project, env, place, found) => {
  writeFileSync(join(folder, "Pulumi.yaml"), project);
  const file = join(folder, place, ".pulumi", "flex-stack", "p.dev.journal");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  expect(leftJournalIn(folder, env)("p", "dev")).toBe(found ? file : undefined);
  expect(leftJournalIn(folder, env)("p", "other")).toBeUndefined();
});

test("a project that can't be read has none", () => {
  expect(leftJournalIn(join(folder, "nowhere"), {})("p", "dev")).toBeUndefined();
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { fileState } from "./file-state.ts";
import { mendSidecars } from "./sidecars.ts";

test("side files that are empty or cut short are taken away, others stay", () => {
  const root = mkdtempSync(join(tmpdir(), "state-"));
  const state = fileState({ backend: `file://${root}`, projectFolder: "/", project: "p", stack: "dev" })!;
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write(`${state.file}.attrs`, "");
  write(join(dirname(state.file), "other.json.attrs"), '{"md5":"x"}');
  write(join(root, ".pulumi", "meta.yaml.attrs"), '{"user.cache');
  write(join(state.locks, "a.json.attrs"), "");
  write(state.file, "");
  try {
    expect(mendSidecars(state).map((file) => file.slice(root.length))).toEqual([
      "/.pulumi/meta.yaml.attrs",
      "/.pulumi/stacks/p/dev.json.attrs",
      "/.pulumi/locks/organization/p/dev/a.json.attrs",
    ]);
    expect(readdirSync(dirname(state.file)).sort()).toEqual(["dev.json", "other.json.attrs"]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test.each([
  ["file://.", "/project/.pulumi/stacks/p/dev.json"],
  ["file://.?metadata=skip", "/project/.pulumi/stacks/p/dev.json"],
  ["file://./state", "/project/state/.pulumi/stacks/p/dev.json"],
  ["file:///srv/state?metadata=skip", "/srv/state/.pulumi/stacks/p/dev.json"],
  ["s3://bucket", undefined],
])("the state of backend %s is %s", (backend, file) => {
  expect(
    fileState({ backend, projectFolder: "/project", project: "p", stack: "organization/p/dev" })?.file,
  ).toBe(file);
});

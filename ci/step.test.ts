import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { readDriftStep } from "./drift-step.ts";
import { readGitHubStep } from "./github-step.ts";

const folder = mkdtempSync(join(tmpdir(), "step-"));
afterAll(() => rmSync(folder, { recursive: true }));

const complete = {
  STACK: "prod",
  GITHUB_REPOSITORY: "acme/flex",
  GITHUB_SHA: "a".repeat(40),
  GITHUB_TOKEN: "token",
};

test("a step knows its repository, commit and stack", () => {
  const { stack, repository, sha } = readGitHubStep(complete);
  expect([stack, repository, sha]).toEqual(["prod", { owner: "acme", repo: "flex" }, "a".repeat(40)]);
});

test.each(Object.keys(complete))("without %s it says what is missing", (name) => {
  expect(() => readGitHubStep({ ...complete, [name]: "" })).toThrow(
    expect.objectContaining({ what: `${name} is not set.`, exitCode: 2 }),
  );
});

test.each(["flex", "/flex", "acme/"])("the repository %j is refused", (name) => {
  expect(() => readGitHubStep({ ...complete, GITHUB_REPOSITORY: name })).toThrow("is");
});

test.each(["../prod", "prod; rm -rf /", "a b", "$(x)"])("the stack %j is refused", (stack) => {
  expect(() => readDriftStep({ STACK: stack }, folder)).toThrow("can't be the name of a stack");
});

test("a baseline counts where the project has one", () => {
  expect(readDriftStep({ STACK: "prod" }, folder).baseline).toBeUndefined();
  writeFileSync(join(folder, "drift.prod.yaml"), "");
  expect(readDriftStep({ STACK: "prod" }, folder).baseline).toBe(join(folder, "drift.prod.yaml"));
  expect(readDriftStep({ STACK: "acme/flex/prod" }, folder).json).toBe(
    join(folder, ".local", "ci", "acme.flex.prod.drift.json"),
  );
});

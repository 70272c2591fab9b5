import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Failure } from "../failure/failure.ts";
import { backendText, backendUrl, isFileBackend, isSelfManaged } from "./backend.ts";
import { findProjectFolder, requireStackFile } from "./project.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flex-stack-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text = ""): void => writeFileSync(join(folder, path), text);

function failureOf(action: () => unknown): Pick<Failure, "what" | "why" | "fix" | "exitCode"> {
  try {
    action();
  } catch (error) {
    const { what, why, fix, exitCode } = error as Failure;
    return { what, why, fix, exitCode };
  }
  throw new Error("It did not fail.");
}

describe("the project's folder", () => {
  test.each(["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"])("has a %s, here or above", (file) => {
    write(file);
    mkdirSync(join(folder, "a", "b"), { recursive: true });
    expect(findProjectFolder(join(folder, "a", "b"))).toBe(folder);
  });

  test("is missing", () => {
    expect(failureOf(() => findProjectFolder(folder))).toMatchObject({
      what: `${folder} is not in a Pulumi project.`,
      exitCode: 2,
    });
    expect(failureOf(() => findProjectFolder(join(folder, "no"))).what).toBe(
      `There is no folder ${join(folder, "no")}.`,
    );
  });
});

describe("the stack's file", () => {
  test("is looked for by the last part of the name", () => {
    write("Pulumi.dev.yaml");
    expect(() => requireStackFile(folder, "dev")).not.toThrow();
    expect(() => requireStackFile(folder, "acme/flex/dev")).not.toThrow();
  });

  test("is missing: those that are there are named", () => {
    for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.dev.yaml", "README.md"]) write(file);
    expect(failureOf(() => requireStackFile(folder, "prd"))).toEqual({
      what: 'There is no stack "prd": Pulumi.prd.yaml is missing.',
      why: "Configured stacks: dev, prod.",
      fix: "Choose one with --stack, or start a new one from Pulumi.dev.yaml.",
      exitCode: 6,
    });
  });

  test.each(["", "a b", "../x", "a/b/c/d"])("can't be that of %p", (name) => {
    expect(failureOf(() => requireStackFile(folder, name)).exitCode).toBe(2);
  });
});

describe("the state backend", () => {
  const project = { name: "p", runtime: "nodejs" as const };
  const login = (current: string): void => write("credentials.json", JSON.stringify({ current }));

  test("is Pulumi's own order of places", () => {
    const home = { PULUMI_HOME: folder };
    expect(backendUrl(project, home)).toBe("https://api.pulumi.com");
    login("s3://team");
    expect(backendUrl(project, home)).toBe("s3://team");
    const withBackend = { ...project, backend: { url: "file://." } };
    expect(backendUrl(withBackend, home)).toBe("file://.");
    expect(backendUrl(withBackend, { ...home, PULUMI_BACKEND_URL: "gs://b" })).toBe("gs://b");
  });

  test.each([
    ["file://.", true, true, ".pulumi in the project's folder"],
    ["s3://b", false, true, "s3://b"],
    ["postgres://u:p@h/db", false, true, "postgres://u:****@h/db"],
    ["https://api.pulumi.com", false, false, "https://api.pulumi.com"],
  ])("%s", (url, onThisMachine, selfManaged, text) => {
    expect(backendText(url)).toBe(text);
    expect([isFileBackend(url), isSelfManaged(url)]).toEqual([onThisMachine, selfManaged]);
  });
});

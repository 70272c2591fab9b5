import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { ProjectSettings, StackSettings } from "@pulumi/pulumi/automation/index.js";
import type { Failure } from "../failure/failure.ts";
import { configValue, isProtected, readSettings } from "./settings.ts";

const settings = (stack: unknown, project: unknown = {}) => ({
  project: { name: "flex-messaging", config: project } as ProjectSettings,
  stack: { config: stack } as StackSettings,
});

describe("configuration values", () => {
  test.each<[string, unknown, unknown, string | undefined]>([
    ["of the stack", { "a:b": "x" }, { "a:b": "y" }, "x"],
    ["of the project", {}, { "a:b": "y" }, "y"],
    ["of the project, wrapped", {}, { "a:b": { value: "y" } }, "y"],
    ["of the project, by default", {}, { "a:b": { type: "string", default: "y" } }, "y"],
    ["that are no text", { "a:b": true }, {}, "true"],
    ["that are secret", { "a:b": { secure: "v1:x" } }, {}, undefined],
    ["that are missing", undefined, undefined, undefined],
  ])("%s", (_, stack, project, value) => {
    expect(configValue(settings(stack, project), "a:b")).toBe(value);
  });

  test.each([
    [true, true],
    ["true", true],
    [false, false],
    [undefined, false],
  ])("protect: %p", (protect, expected) => {
    expect(isProtected(settings({ "flex-messaging:protect": protect }))).toBe(expected);
  });
});

/** What is refused of two files of a project. */
function refused(stack: string, project = "name: p"): Failure | undefined {
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  try {
    writeFileSync(join(folder, "Pulumi.yaml"), project);
    writeFileSync(join(folder, "Pulumi.dev.yaml"), stack);
    readSettings(folder, "acme/dev");
    return undefined;
  } catch (error) {
    return error as Failure;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("configuration that Pulumi would take for something else", () => {
  test.each([
    ["config: {a:b: 1970-01-01}", "Pulumi.dev.yaml: a:b is a date, as YAML reads it without quotes."],
    [
      "config: {a:b: {c: [1, 1970-01-01]}}",
      "Pulumi.dev.yaml: a:b.c[1] is a date, as YAML reads it without quotes.",
    ],
    [
      "config: {twilio:endpoint: 1970-01-01}",
      "Pulumi.dev.yaml: twilio:endpoint is a date, as YAML reads it without quotes.",
    ],
    ['config: {twilio:endpoint: {secure: "v1:x"}}', "Pulumi.dev.yaml: twilio:endpoint is no text."],
    ["config: {twilio:endpoint: [x]}", "Pulumi.dev.yaml: twilio:endpoint is no text."],
    ["config:", "Pulumi.dev.yaml: config is empty."],
    ["config: []", "Pulumi.dev.yaml: config is no map of settings."],
    ["config: text", "Pulumi.dev.yaml: config is no map of settings."],
  ])("%j", (stack, what) => {
    expect(refused(stack)).toMatchObject({ what, exitCode: 2 });
  });

  test("of the project", () => {
    expect(refused("config: {}", "{name: p, config: {a:b: 1970-01-01}}")).toMatchObject({
      what: "Pulumi.yaml: a:b is a date, as YAML reads it without quotes.",
    });
  });

  test.each([["encryptionsalt: v1:x"], ["config: {}"], ["config: {twilio:endpoint: http://127.0.0.1:4100}"]])(
    "%j is none of them",
    (stack) => expect(refused(stack)).toBeUndefined(),
  );
});

describe("files that can't be read", () => {
  test.each([
    [
      "bad YAML",
      "config:\n  twilio:authToken: hunter2\n     x: 1",
      "bad indentation of a mapping entry (3:7)",
    ],
    ["an empty file", "", "It is empty."],
    ["a comment alone", "# nothing yet", "It is empty."],
    ["a text", "text", "It is not a map of settings."],
    ["a list", "- text", "It is not a map of settings."],
  ])("%s", (_, stack, why) => {
    expect(refused(stack)).toMatchObject({ what: "Pulumi.dev.yaml can't be read.", why, exitCode: 2 });
  });
});

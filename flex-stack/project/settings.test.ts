import { describe, expect, test } from "@jest/globals";
import type { LocalWorkspace, ProjectSettings, StackSettings } from "@pulumi/pulumi/automation/index.js";
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

describe("configuration that Pulumi would take for something else", () => {
  const read = (config: unknown, project: unknown = undefined) =>
    readSettings(
      {
        projectSettings: async () => ({ name: "p", config: project }),
        stackSettings: async () => ({ config }),
      } as unknown as LocalWorkspace,
      "dev",
    ).then(
      () => undefined,
      (error: unknown) => error as Failure,
    );

  test.each<[unknown, string]>([
    [{ "a:b": new Date(0) }, "Pulumi.dev.yaml: a:b is a date, as YAML reads it without quotes."],
    [
      { "a:b": { c: [1, new Date(0)] } },
      "Pulumi.dev.yaml: a:b.c[1] is a date, as YAML reads it without quotes.",
    ],
    [
      { "twilio:endpoint": new Date(0) },
      "Pulumi.dev.yaml: twilio:endpoint is a date, as YAML reads it without quotes.",
    ],
    [{ "twilio:endpoint": { secure: "v1:x" } }, "Pulumi.dev.yaml: twilio:endpoint is no text."],
    [{ "twilio:endpoint": ["x"] }, "Pulumi.dev.yaml: twilio:endpoint is no text."],
    [null, "Pulumi.dev.yaml: config is empty."],
    [[], "Pulumi.dev.yaml: config is no map of settings."],
    ["text", "Pulumi.dev.yaml: config is no map of settings."],
  ])("%j", async (config, what) => {
    expect(await read(config)).toMatchObject({ what, exitCode: 2 });
  });

  test("of the project", async () => {
    expect(await read({}, { "a:b": new Date(0) })).toMatchObject({
      what: "Pulumi.yaml: a:b is a date, as YAML reads it without quotes.",
    });
  });

  test.each([[undefined], [{}], [{ "twilio:endpoint": "http://127.0.0.1:4100" }]])(
    "%j is none of them",
    async (config) => expect(await read(config)).toBeUndefined(),
  );
});

describe("files that can't be read", () => {
  const workspace = (stackSettings: () => unknown) =>
    ({
      projectSettings: async () => ({ name: "p" }),
      stackSettings: async () => stackSettings(),
    }) as unknown as LocalWorkspace;

  test.each<[string, () => unknown, string]>([
    [
      "bad YAML",
      () => {
        throw new Error(
          "bad indentation of a mapping entry (3:5)\n\n 2 | twilio:authToken: hunter2\n 3 |    x",
        );
      },
      "bad indentation of a mapping entry (3:5)",
    ],
    [
      "an empty file",
      () => {
        throw new TypeError("Cannot read properties of undefined (reading 'hasOwnProperty')");
      },
      "It is empty.",
    ],
    ["a list", () => "text", "It is not a map of settings."],
  ])("%s", async (_, read, why) => {
    const failure = await readSettings(workspace(read), "acme/dev").catch(
      (error: unknown) => error as Failure,
    );
    expect(failure).toMatchObject({ what: "Pulumi.dev.yaml can't be read.", why, exitCode: 2 });
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { isHostable } from "./hostable.ts";
import { leanVariables } from "./lean-variables.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "hostable-"));
const manifest = (name: string, content: object) => {
  mkdirSync(join(folder, "node_modules", name), { recursive: true });
  writeFileSync(join(folder, "node_modules", name, "package.json"), JSON.stringify(content));
};
beforeAll(() => {
  symlinkSync(join(root, "provider"), join(folder, "provider"));
  manifest("@pulumi/twilio", { pulumi: { resource: true } });
  manifest("yaml", {});
});
afterAll(() => rmSync(folder, { recursive: true }));

const asItIs = { name: "nodejs", options: { typescript: false } };
const judged = (
  project: object = {},
  pulumiOptions: string[] = [],
  env: NodeJS.ProcessEnv = {},
  dependencies: object = { "@pulumi/twilio": "*", yaml: "*" },
  backend = "file://.",
): boolean => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies }));
  const whole = { name: "p", runtime: asItIs, packages: { twilio: "./provider" }, ...project };
  return isHostable({ projectFolder: folder, project: whole, backend, pulumiOptions, env });
};

test.each<[string, ...Parameters<typeof judged>]>([
  ["as dev has it"],
  ["without packages", { packages: undefined }],
  ["one policy pack", {}, ["--policy-pack", "policy"]],
  ["options about what is previewed", {}, ["--target", "a", "--save-plan", "p", "--diff"]],
])("in one process: %s", (_, ...given) => {
  expect(judged(...given)).toBe(true);
});

test.each<[string, ...Parameters<typeof judged>]>([
  ["a program that Pulumi compiles", { runtime: "nodejs" }],
  ["another language", { runtime: { name: "python", options: { typescript: false } } }],
  ["options for Node.js", { runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--x" } } }],
  ["a provider of Pulumi's registry", {}, [], {}, { "@pulumi/random": "*" }],
  ["another package of the project's", { packages: { twilio: "./provider", other: "./elsewhere" } }],
  ["a plugin that is named by itself", { plugins: { providers: [] } }],
  ["two policy packs", {}, ["--policy-pack", "a", "--policy-pack=b"]],
  ["all that Pulumi has to say", {}, ["--debug"]],
  ["a debugger", {}, ["--attach-debugger"]],
  ["packs that Pulumi Cloud may add", {}, [], {}, {}, "https://api.pulumi.com"],
  ["another language host", {}, [], { PULUMI_DEBUG_LANGUAGES: "nodejs:1" }],
  ["stacks of promises", {}, [], { PULUMI_DEBUG_PROMISE_LEAKS: "true" }],
])("by Pulumi's own language host: %s", (_, ...given) => {
  manifest("@pulumi/random", { pulumi: { resource: true } });
  expect(judged(...given)).toBe(false);
});

const lean = `--import=${new URL("../../lean-sdk/lean-imports.ts", import.meta.url).href}`;
const pack = (typescript: unknown): string => {
  const place = mkdtempSync(join(folder, "pack-"));
  const settings = { runtime: { name: "nodejs", options: { typescript } } };
  writeFileSync(join(place, "PulumiPolicy.yaml"), JSON.stringify(settings));
  return place;
};

test.each<[string, () => string[], NodeJS.ProcessEnv, Record<string, string>]>([
  ["no pack", () => [], {}, { NODE_OPTIONS: lean }],
  ["options of one's own", () => [], { NODE_OPTIONS: "--x" }, { NODE_OPTIONS: `--x ${lean}` }],
  [
    "a pack that needs no compiler",
    () => ["--policy-pack", pack(false)],
    {},
    { NODE_OPTIONS: lean, PULUMI_NODEJS_TYPESCRIPT: "false" },
  ],
  ["a pack that may need one", () => ["--policy-pack", pack(undefined)], {}, { NODE_OPTIONS: lean }],
  [
    "one of each",
    () => ["--policy-pack", pack(false), `--policy-pack=${pack(true)}`],
    {},
    { NODE_OPTIONS: lean },
  ],
])("what Pulumi's processes need not load, with %s", (_, options, env, expected) => {
  expect(leanVariables(options(), env)).toEqual(expected);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "lean-imports-"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program with and without what lets Pulumi's SDK load less. @returns what it prints, of both */
function printed(program: string): [lean: string, usual: string] {
  const file = join(folder, "program.cjs");
  writeFileSync(file, program);
  const lean = `--import=${new URL("lean-imports.ts", import.meta.url).href}`;
  const run = (...options: string[]) =>
    execFileSync(process.execPath, ["--disable-warning=ExperimentalWarning", ...options, file], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  return [run(lean), run()];
}

test("what hardly any program needs is loaded by none that does not", () => {
  const count = (name: string) =>
    `Object.keys(require.cache).filter((file) => file.includes("/${name}/")).length > 0`;
  const [lean, usual] = printed(
    `require("@pulumi/pulumi"); console.log(${count("@npmcli/arborist")}, ${count("typescript/lib")});`,
  );
  expect([lean, usual]).toEqual(["false false\n", "true true\n"]);
});

test("a function that is put into the state is the same, with all that it holds", () => {
  const [lean, usual] = printed(`
const pulumi = require("@pulumi/pulumi");
const path = require("node:path");
const settings = { level: 3, names: ["a", "b"] };
function inner(x) { return path.join(x, settings.names[0]); }
pulumi.runtime.serializeFunction((x) => inner(x) + settings.level).then(({ text }) => console.log(text));`);
  expect(lean).toBe(usual);
  expect(lean).toContain("__settings.level = 3;");
});

test("the Automation API is there for whoever uses it", () => {
  const [lean, usual] = printed(
    `console.log(Object.keys(require("@pulumi/pulumi").automation.LocalWorkspace).join(), typeof require("@pulumi/pulumi").log.error);`,
  );
  expect(lean).toBe(usual);
});

test("what tells where time goes is loaded where somebody listens", () => {
  const program = (before: string) => `${before}
const tracing = require("node:module").createRequire(require.resolve("@pulumi/pulumi/cmd/run/run.js"))("./tracing");
const span = tracing.newSpan("test");
span.setAttribute("key", "value").addEvent("here").end();
console.log(span.isRecording(), Object.keys(require.cache).some((file) => file.includes("exporter-zipkin")));`;
  expect(printed(program(""))).toEqual(["false false\n", "false true\n"]);
  expect(printed(program('process.env.TRACEPARENT = "00-1-2-01";'))).toEqual([
    "false true\n",
    "false true\n",
  ]);
});

test("the packages of a function that is put into the state are found", () => {
  const [lean, usual] = printed(`
require("@pulumi/pulumi").runtime.computeCodePaths().then((paths) => console.log([...paths.keys()].sort().join()));`);
  expect(lean).toBe(usual);
});

test("lines of a compiled file are told by its source, and others as Node.js tells them", () => {
  const map = { version: 3, sources: ["program.coffee"], names: [], mappings: "AAAA;AACA;AACA;AACA;AAUA" };
  writeFileSync(join(folder, "program.cjs.map"), JSON.stringify(map));
  // What Pulumi's own language host registers; stacks of files without a map are Node.js's own.
  const told = (end: string) => `
const Module = require("node:module");
const register = Module.createRequire(require.resolve("@pulumi/pulumi/cmd/run/run.js"));
register("source-map-support/register");
console.log(new Error("here").stack.split("\\n").slice(0, 2).join("|").replaceAll(__dirname, "."));${end}`;
  const [mapped, usual] = printed(told("\n//# sourceMappingURL=program.cjs.map"));
  expect(mapped).toBe(usual);
  expect(mapped).toMatch(/^Error: here\|.*program\.coffee:/);
  const [plain] = printed(told(""));
  expect(plain).toMatch(/^Error: here\|.*program\.cjs:5:13\)$/m);
});

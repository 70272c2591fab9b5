import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";

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

describe("what Pulumi starts as a plugin or a policy pack", () => {
  const starters = ["run-plugin", "run-policy-pack"] as const;

  /** Starts one of a single file, with and without what loads less. @returns what both print */
  function started(
    starter: (typeof starters)[number],
    file: string,
    text: string,
  ): [lean: string, usual: string] {
    const pack = mkdtempSync(join(folder, "pack-"));
    symlinkSync(join(root, "node_modules"), join(pack, "node_modules"));
    writeFileSync(join(pack, "package.json"), JSON.stringify({ name: "pack", main: file }));
    writeFileSync(join(pack, file), `${text}\nprocess.exit();\n`);
    const main = join(root, "node_modules/@pulumi/pulumi/cmd", starter, "index.js");
    const lean = `--import=${new URL("lean-imports.ts", import.meta.url).href}`;
    const args = starter === "run-plugin" ? [pack, "127.0.0.1:1"] : ["127.0.0.1:1", pack];
    const run = (...options: string[]) => {
      const { stdout, stderr } = spawnSync(process.execPath, [...options, main, ...args], {
        encoding: "utf8",
        cwd: pack,
      });
      // Without the port of a policy pack, a new one each time.
      return `${stdout}${stderr}`.replace(/^\d+\n/, "").replaceAll(pack, ".");
    };
    return [run(lean), run()];
  }
  const compiler = `Object.keys(require.cache).some((file) => file.includes("/typescript/lib/typescript.js"))`;

  test.each(starters)("%s has no compiler where it is JavaScript", (starter) => {
    expect(started(starter, "index.js", `console.log(${compiler});`)).toEqual(["false\n", "true\n"]);
  });

  test("it is compiled where it is TypeScript that Node.js can't run as it is", () => {
    // Without Node.js's types, which a pack need not have.
    const typed = `declare const require: any; declare const process: any; enum Level { Mandatory = 3 }`;
    const [lean, usual] = started(
      "run-plugin",
      "index.ts",
      `${typed}\nconsole.log(Level.Mandatory, ${compiler});`,
    );
    expect([lean, usual]).toEqual(["3 true\n", "3 true\n"]);
  });

  test("it is refused where its types are wrong, by the same words", () => {
    const wrong = `declare const process: any; const level: number = "mandatory";`;
    const [lean, usual] = started("run-policy-pack", "index.ts", wrong);
    expect(lean).toContain("error TS2322: Type 'string' is not assignable to type 'number'.");
    expect(lean).toBe(usual);
  });
});

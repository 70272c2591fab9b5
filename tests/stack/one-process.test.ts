import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { kill } from "../../bench/faults/processes.ts";
import { hosting } from "../../flex-stack/host/preview-host.ts";
import { findInstallation, searchPath } from "../../flex-stack/pulumi/installation.ts";
import { PulumiExit, PulumiProcess } from "../../flex-stack/pulumi/pulumi-process.ts";
import { StackEngine, type EnginePlace } from "../../flex-stack/pulumi/stack-engine.ts";

jest.setTimeout(180_000);
const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "one-process-"));
const installation = findInstallation(root);
const env = {
  PATH: searchPath(installation, root),
  PULUMI_CONFIG_PASSPHRASE: "any",
  PULUMI_SKIP_UPDATE_CHECK: "true",
};
const place: EnginePlace = { stack: "dev", projectFolder: folder, env };

beforeAll(async () => {
  const project = {
    name: "p",
    runtime: { name: "nodejs", options: { typescript: false } },
    main: "index.js",
    backend: { url: "file://.?metadata=skip" },
  };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(project));
  writeFileSync(join(folder, "Pulumi.dev.yaml"), "config:\n  p:greeting: hello\n");
  const { version } = installation;
  const manifest = { type: "module", main: "index.js", dependencies: { pulumi: version } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const policy = join(folder, "policy");
  mkdirSync(policy);
  const runtime = { runtime: { name: "nodejs", options: { typescript: false } } };
  writeFileSync(join(policy, "PulumiPolicy.yaml"), JSON.stringify(runtime));
  writeFileSync(join(policy, "package.json"), '{"name":"rules","version":"1.0.0","main":"index.js"}');
  writeFileSync(
    join(policy, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");
const { Config } = require("@pulumi/pulumi");
new PolicyPack("rules", { policies: [{
  name: "no-loud-names", description: "Names are quiet.", enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    for (const { name } of resources) if (name === "LOUD") report(name + ", " + new Config("p").require("greeting"));
  },
}] });`,
  );
  await new PulumiProcess(installation).run(["stack", "init", "dev", "--no-select"], folder, env);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a preview of a program tells, in an order that does not depend on who was faster. */
async function told(program: string, hosted: boolean) {
  writeFileSync(
    join(folder, "index.js"),
    `import * as pulumi from "@pulumi/pulumi";\nconst make = (name) => new pulumi.ComponentResource("my:own:Thing", name);\n${program}`,
  );
  const pulumi = new PulumiProcess(installation);
  pulumi.extraOptions = ["--policy-pack", join(folder, "policy")];
  const project = { name: "p", runtime: { name: "nodejs", options: { typescript: false } } };
  const shared = hosting({ projectFolder: folder, project, backend: "file://.", env });
  const engine = new StackEngine(pulumi, { ...place, ...(hosted && shared) });
  const events: EngineEvent[] = [];
  let plansAll: boolean | undefined;
  const code = await engine
    .preview({ onEvent: (event) => events.push(event), onPlanned: (all) => (plansAll = all) })
    .then(
      () => 0,
      (error: unknown) => {
        if (!(error instanceof PulumiExit)) throw error;
        return error.result.code;
      },
    );
  const messages = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent ? [`${diagnosticEvent.severity}: ${plain(diagnosticEvent.message)}`] : [],
  );
  const steps = events.flatMap(({ resourcePreEvent }) =>
    resourcePreEvent ? [`${resourcePreEvent.metadata.op} ${resourcePreEvent.metadata.urn}`] : [],
  );
  const rules = events.flatMap(({ policyEvent }) => (policyEvent ? [plain(policyEvent.message)] : []));
  return {
    code,
    messages: messages.filter((text) => !text.startsWith("debug: ")).sort(),
    steps: steps.sort(),
    rules,
    plansAll,
  };
}

/** Without colours, and without lines of a stack that lie in the language host itself. */
function plain(text: string): string {
  return text
    .replaceAll(/<\{%[^%]*%\}>/g, "")
    .replaceAll(/\n +at .*/g, "")
    .trim();
}

test.each<[string, string, Partial<Awaited<ReturnType<typeof told>>>]>([
  [
    "prints, with and without the end of a line, and breaks a rule",
    `make("LOUD"); console.log("one\\ntwo"); console.error("careful"); process.stdout.write("three");`,
    {
      code: 0,
      messages: ["info#err: careful", "info: one", "info: three", "info: two"],
      rules: [expect.stringContaining("LOUD, hello") as unknown as string],
      plansAll: true,
    },
  ],
  [
    "goes on after its last line, and once more when nothing is left to do",
    `setTimeout(() => make("late"), 50);
let once = false;
process.on("beforeExit", () => { if (!once) { once = true; setTimeout(() => make("last"), 20); } });`,
    {
      code: 0,
      steps: [
        "create urn:pulumi:dev::p::my:own:Thing::last",
        "create urn:pulumi:dev::p::my:own:Thing::late",
        "create urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev",
      ],
    },
  ],
  [
    "fails after it made something",
    `make("a"); throw new Error("no such flow");`,
    { code: 1, messages: [expect.stringContaining("no such flow") as unknown as string] },
  ],
  [
    "refuses its configuration",
    `throw new pulumi.RunError("p:greeting is rude");`,
    { code: 1, messages: ["error: p:greeting is rude"] },
  ],
  [
    "ends itself",
    `make("a"); setTimeout(() => process.exit(7), 100);`,
    {
      code: 1,
      messages: [expect.stringContaining("Program exited with non-zero exit code: 7") as unknown as string],
    },
  ],
  [
    "waits for what never comes",
    `make("a"); pulumi.output(new Promise(() => {})).apply(() => make("b"));`,
    {},
  ],
  ["is no JavaScript", `make("a";`, { code: 1 }],
  [
    "keeps what no plan tells",
    `new pulumi.ComponentResource("my:own:Thing", "kept", {}, { retainOnDelete: true, deletedWith: make("a") });`,
    { code: 0, plansAll: false },
  ],
])("a program that %s is previewed as by Pulumi's own language host", async (_, program, expected) => {
  const hosted = await told(program, true);
  const { plansAll, ...usual } = await told(program, false);
  expect(hosted).toMatchObject(expected);
  expect({ ...hosted, plansAll }).toEqual({ ...usual, plansAll });
  expect(plansAll).toBe(false);
});

/** `preview` of a program that prints the number of its process and waits; that number. */
async function waiting(): Promise<{ command: ChildProcess; output: () => string; program: number }> {
  writeFileSync(
    join(folder, "index.js"),
    'console.log("process " + process.pid + ";"); setInterval(() => undefined, 1000);\n',
  );
  const command = spawn(process.execPath, [join(root, "cli", "main.ts"), "preview", "--no-policy"], {
    cwd: folder,
    env: { ...process.env, ...env, NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [command.stdout, command.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  while (!/process \d+;/.test(output)) {
    if (command.exitCode !== null) throw new Error(output);
    await sleep(20);
  }
  return { command, output: () => output, program: Number(/process (\d+);/.exec(output)?.[1]) };
}

const isThere = (process_: number): boolean => {
  try {
    return process.kill(process_, 0);
  } catch {
    return false;
  }
};

test("the process of a preview ends with its flex-stack, also when that is killed", async () => {
  const { command, program } = await waiting();
  expect(program).not.toBe(command.pid);
  command.kill("SIGKILL");
  while (isThere(program)) await sleep(20);
});

test("a preview whose process is killed fails, and says so", async () => {
  const { command, output, program } = await waiting();
  process.kill(program, "SIGKILL");
  const [code] = (await once(command, "close")) as [number];
  expect(code).toBe(1);
  expect(output()).toContain(
    "error: The process that runs the program of a preview ended before the preview did.\n  why: It ended with SIGKILL: ",
  );
  expect(output()).not.toMatch(/no changes|\n +at /);
});

test("a preview whose Pulumi is killed says that it was Pulumi", async () => {
  const { command, output } = await waiting();
  expect(kill(command.pid ?? 0, "Pulumi")).toBe(1);
  const [code] = (await once(command, "close")) as [number];
  expect(code).toBe(1);
  expect(output()).toContain("error: Pulumi was killed (SIGKILL) before it was done.");
});

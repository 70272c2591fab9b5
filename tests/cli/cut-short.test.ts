import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import {
  done,
  failed,
  said,
  started,
  state,
  step,
  urnOf,
} from "../../flex-stack/changes/engine-events.fixture.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { exported, queue } from "./exported-queues.ts";
import { ScriptedProject, type Answer } from "./scripted-project.ts";

// What a command looks up of a run before it that was cut short, before it does its own work.

const end: EngineEvent = {
  ...{ sequence: 0, timestamp: 0 },
  summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: {}, policyPacks: {} },
};
const deletion: Answer = {
  events: [
    done(step("delete", queue, "billing", { old: state(queue, "billing", { id: "WS1/billing" }) })),
    end,
  ],
};

let emulator: Emulator;
let project: ScriptedProject;
let journal: string;
beforeAll(async () => {
  emulator = await startEmulator({ file: ":memory:", port: 0 });
});
afterAll(() => emulator.close());
beforeEach(() => {
  project = new ScriptedProject(emulator.url);
  journal = join(project.folder, ".pulumi", "flex-stack", "flex-messaging.dev.journal");
  mkdirSync(dirname(journal), { recursive: true });
});
afterEach(() => rmSync(project.folder, { recursive: true }));

const noted = (...notes: [name: string, note: object][]): void =>
  writeFileSync(
    journal,
    [
      '{"urn":"","step":"run"}',
      ...notes.map(([name, note]) => JSON.stringify({ urn: urnOf(queue, name), ...note })),
    ]
      .map((line) => `${line}\n`)
      .join(""),
  );
const create = { step: "create", started: 1, inputs: { friendlyName: "Sales" } };
const calls = () =>
  project
    .calls()
    .filter(({ command = "" }) => /^(up|refresh|destroy|preview)$/.test(command))
    .map(({ command, args = [], readOnly }) => {
      const targets = args.flatMap((word, at) => (word === "--target" ? [args[at + 1]] : []));
      return [command, targets.map((urn) => urn?.split("::").at(-1)).join(), readOnly === "true"];
    });

test.each<[string, Answer]>([
  [
    "that was made",
    { events: [started(step("create", queue, "sales")), done(step("create", queue, "sales")), end] },
  ],
  [
    "that was not made after all, which is no failure",
    {
      events: [
        started(step("create", queue, "sales")),
        said("error", "nothing may be written\n", urnOf(queue, "sales")),
        failed(step("create", queue, "sales")),
        end,
      ],
      code: 1,
    },
  ],
])("destroy first has recorded, without a write, what the state lacks: a queue %s", async (_, up) => {
  noted(["sales", create], ["billing", create], ["billing", { step: "made", id: "WS1/billing" }]);
  project.answers({ "stack export": exported("billing"), up, destroy: deletion });
  const { code, stdout, stderr } = await project.run("destroy", "--yes");
  expect([code, stderr]).toEqual([0, ""]);
  expect(calls()).toEqual([
    ["up", "sales", true],
    ["destroy", "", false],
  ]);
  expect(stdout).not.toContain("sales");
  expect(existsSync(journal)).toBe(false);
});

test("destroy looks for nothing where all that was made is recorded, or was refused", async () => {
  noted(
    ["billing", create],
    ["billing", { step: "made", id: "WS1/billing" }],
    ["sales", create],
    ["sales", { step: "refused" }],
  );
  project.answers({ "stack export": exported("billing"), destroy: deletion });
  expect((await project.run("destroy", "--yes")).code).toBe(0);
  expect(calls()).toEqual([["destroy", "", false]]);
});

test("a queue that was made again under its name counts by its SID", async () => {
  noted(["billing", create], ["billing", { step: "made", id: "WS1/other" }]);
  project.answers({ "stack export": exported("billing"), up: { events: [end] }, destroy: deletion });
  expect((await project.run("destroy", "--yes")).code).toBe(0);
  expect(calls()[0]).toEqual(["up", "billing", true]);
});

test("a journal that an earlier run kept after a failed deletion stays until one ends well", async () => {
  noted(["sales", create]);
  project.answers({
    "stack export": exported("billing"),
    up: { events: [end] },
    destroy: { events: [end], code: 1, stderr: "error: no\n" },
  });
  expect((await project.run("destroy", "--yes")).code).toBe(1);
  expect(existsSync(journal)).toBe(true);
});

test("up reads again, without a write, what an update or deletion that was cut short may have changed", async () => {
  noted(["billing", { step: "unsure" }]);
  project.answers({ "stack export": exported("billing"), refresh: { events: [end] }, up: { events: [end] } });
  const { code, stderr } = await project.run("up", "--skip-preview", "--no-policy");
  expect([code, stderr]).toEqual([0, ""]);
  expect(calls()).toEqual([
    ["refresh", "billing", true],
    ["up", "", false],
  ]);
});

test.each([
  ["up", ["--skip-preview", "--no-policy"], ["refresh", "billing", true]],
  ["destroy", ["--yes"], ["up", "", true]],
])(
  "where notes are missing, %s first reads what is recorded or looks for all of it",
  async (command, options, first) => {
    noted(["billing", create]);
    appendFileSync(journal, "no note\n");
    project.answers({
      "stack export": exported("billing"),
      ...{ refresh: { events: [end] }, up: { events: [end] }, destroy: deletion },
    });
    const { code, stdout, stderr } = await project.run(command, ...options);
    expect([code, stderr]).toEqual([0, ""]);
    expect(calls()).toEqual([first, [command, "", false]]);
    expect(stdout).toContain(
      `Stack dev: notes of a run that was cut short are damaged (${journal}). What it made since`,
    );
    expect(existsSync(journal)).toBe(false);
  },
);

test("up reads nothing again that is not recorded any more", async () => {
  noted(["sales", { step: "change" }], ["sales", { step: "changed" }]);
  project.answers({ "stack export": exported("billing"), up: { events: [end] } });
  const { code, stderr } = await project.run("up", "--skip-preview", "--no-policy");
  expect([code, stderr]).toEqual([0, ""]);
  expect(calls()).toEqual([["up", "", false]]);
});

test.each([
  ["that came to its end is taken for recorded", true, false],
  ["whose state was not written is read again", false, true],
])("what was changed in a run %s", async (_what, written, isReadAgain) => {
  const stateFile = join(project.folder, ".pulumi", "stacks", "flex-messaging", "dev.json");
  project.answers({ "stack export": exported("billing") });
  const text = readFileSync(stateFile, "utf8");
  const long = new Date(Date.now() - 60_000);
  utimesSync(stateFile, long, long);
  // As the provider notes it meanwhile.
  const notes = ["run", "change", "changed"]
    .map((step, at) => `${JSON.stringify({ urn: at === 0 ? "" : urnOf(queue, "billing"), step })}\n`)
    .join("");
  const events = [said("error", "no\n", urnOf(queue, "sales")), failed(step("create", queue, "sales")), end];
  const fails = { events, code: 1 };
  project.answers(
    { up: { ...fails, spoil: { [journal]: notes, ...(written && { [stateFile]: text }) } } },
    { keepState: true },
  );
  expect((await project.run("up", "--skip-preview", "--no-policy")).code).toBe(1);
  project.answers({ refresh: { events: [end] }, up: { events: [end] } }, { keepState: true });
  expect((await project.run("up", "--skip-preview", "--no-policy")).code).toBe(0);
  expect(calls()).toEqual([...(isReadAgain ? [["refresh", "billing", true]] : []), ["up", "", false]]);
});

test("a local Twilio that goes with the run that was waited for is started anew", async () => {
  const another = await startEmulator({ file: ":memory:", port: 0 });
  const waiting = new ScriptedProject(another.url);
  const run = spawn("sleep", ["600"], { stdio: "ignore" });
  const locks = join(waiting.folder, ".pulumi", "locks", "organization", "flex-messaging", "dev");
  mkdirSync(locks, { recursive: true });
  const lock = { pid: run.pid, username: "ann", hostname: hostname(), timestamp: new Date().toISOString() };
  writeFileSync(join(locks, "a.json"), JSON.stringify(lock));
  waiting.answers({ "stack export": exported("billing"), up: { events: [end] } });
  const { child, ended } = waiting.start(["up", "--skip-preview", "--no-policy"]);
  let told = "";
  child.stdout?.on("data", (text: string) => (told += text));
  while (!told.includes("waiting up to 60 seconds")) await sleep(20);
  await another.close();
  rmSync(join(locks, "a.json"));
  run.kill();
  const { code, stdout, stderr } = await ended;
  rmSync(waiting.folder, { recursive: true });
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Local Twilio: using the one .*\n.*waiting up to .*\nLocal Twilio: started on /m);
});

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { done, said, started, state, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { exported, queue } from "./exported-queues.ts";
import { ScriptedProject } from "./scripted-project.ts";

// A state that can't be written, as flex-stack meets it: the disk is real (/dev/full), Pulumi is scripted.

const create = (name: string): EngineEvent[] => [
  started(step("create", queue, name)),
  done(step("create", queue, name, { new: state(queue, name, { id: `WS1/${name}` }) })),
];
const end: EngineEvent = {
  ...{ sequence: 0, timestamp: 0 },
  summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: { create: 1 }, policyPacks: {} },
};
const fileOf = (...names: string[]): string =>
  JSON.stringify({
    version: 3,
    checkpoint: {
      latest: { resources: names.map((name) => ({ urn: urnOf(queue, name), type: queue, custom: true })) },
    },
  });

let emulator: Emulator;
let project: ScriptedProject;
let place: string;
let stateFile: string;
let journal: string;
beforeAll(async () => {
  emulator = await startEmulator({ file: ":memory:", port: 0 });
});
afterAll(() => emulator.close());
beforeEach(() => {
  project = new ScriptedProject(emulator.url);
  place = join(project.folder, ".pulumi", "stacks", "flex-messaging");
  mkdirSync(place, { recursive: true });
  project.write(".pulumi/meta.yaml", "version: 1\n");
  stateFile = join(place, "dev.json");
  writeFileSync(stateFile, fileOf("billing"));
  journal = join(project.folder, ".pulumi", "flex-stack", "flex-messaging.dev.journal");
});
afterEach(() => rmSync(project.folder, { recursive: true }));

const unwritten: EngineEvent = said(
  "error",
  `post-step event returned an error: failed to save snapshot: An IO error occurred while writing the new snapshot file: blob (key ".pulumi/stacks/flex-messaging/dev.json") (code=Unknown): write dev.json.18ec.tmp: no space left on device`,
);

test("a state that Pulumi gave up writing is told once, with what is not recorded; nothing says that it is", async () => {
  project.answers({
    "stack export": exported("billing"),
    up: {
      events: [...create("sales"), started(step("create", queue, "returns")), unwritten, end],
      code: 255,
    },
  });
  const { code, stdout, stderr } = await project.start(["up", "--skip-preview", "--no-policy"]).ended;
  expect([code, stderr]).toEqual([
    1,
    `error: The state can't be written: the disk was full (${project.folder}).\n` +
      "  why: Pulumi gave up. Not recorded, though done or begun: sales, returns.\n" +
      "  fix: Make room there (1.0 MB or more), then run the same command again: it goes on from what is recorded, and " +
      `finds what was made since by the notes in ${journal}.\n`,
  ]);
  expect(stdout).not.toMatch(/is recorded|no space/);
});

test("a state that was cut short on the way counts as its last whole copy", async () => {
  project.answers({
    "stack export": exported("billing"),
    up: { events: [...create("sales"), unwritten, end], code: 255, spoil: { [stateFile]: "" } },
  });
  const whole = readFileSync(stateFile, "utf8");
  const { stderr } = await project.start(["up", "--skip-preview", "--no-policy"]).ended;
  expect(stderr).toContain("  why: Pulumi gave up. Not recorded, though done or begun: sales.\n");
  expect(stderr).toContain(
    "then run the same command again: it takes the last whole copy of the state, and finds what",
  );

  project.answers({ up: { events: [...create("sales"), end] } }, { keepState: true });
  const { code, stdout } = await project.start(["up", "--skip-preview", "--no-policy"]).ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Stack dev: its state was cut short while it was written; the copy of \S+Z takes its place, and what was made since is looked up\.\n/,
  );
  expect(readFileSync(stateFile, "utf8")).toBe(whole);
});

/** Linux has a device on which there is never room. */
(process.platform === "linux" ? test : test.skip)(
  "Pulumi that stands still because the disk is full is stopped within seconds",
  async () => {
    project.answers({
      "stack export": exported("billing"),
      up: {
        events: [started(step("create", queue, "sales"))],
        waitForSignal: true,
        code: 1,
        stderr: "error: canceled\n",
      },
    });
    const began = performance.now();
    const { child, ended } = project.start(["up", "--skip-preview", "--no-policy"]);
    const probe = join(place, `.flex-stack-${child.pid}.tmp`);
    const filling = setInterval(() => {
      try {
        symlinkSync("/dev/full", probe);
      } catch {
        // It is there.
      }
    }, 20);
    const { code, stderr } = await ended;
    clearInterval(filling);
    expect([code, stderr]).toEqual([
      1,
      `error: The state can't be written: the disk is full (${place}).\n` +
        "  why: Pulumi stood still, and was stopped. Not recorded, though done or begun: sales.\n" +
        "  fix: Make room there (1.0 MB or more), then run the same command again: it goes on from what is recorded, and " +
        `finds what was made since by the notes in ${journal}.\n`,
    ]);
    expect(performance.now() - began).toBeLessThan(25_000);
    expect(project.calls().filter(({ signal }) => signal)).toHaveLength(1);
  },
  60_000,
);

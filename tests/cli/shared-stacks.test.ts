import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { done, said, started, state, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { ScriptedProject, type Answer } from "./scripted-project.ts";

const queue = "twilio:taskrouter:TaskQueue";
const create = step("create", queue, "billing");
const made = done(step("create", queue, "billing", { new: state(queue, "billing", { id: "WS1/WQ1" }) }));
const summary = {
  sequence: 0,
  timestamp: 0,
  summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: { create: 1 }, policyPacks: {} },
};
const note = 'takes over WQ1, which stack "staging" records too, as it is';
const up = { events: [started(create), made, summary] };
const preview = { events: [started(create), said("info", note, urnOf(queue, "billing")), made, summary] };
const list =
  'Stack "dev" would take over what stack "staging" of the same backend and account records too: 1 TaskQueue (billing).\n';

let emulator: Emulator;
let project: ScriptedProject;
beforeAll(async () => {
  emulator = await startEmulator({ port: 0, file: ":memory:" });
  project = new ScriptedProject(emulator.url);
  project.answers({ "stack export": { stdout: "{}" }, preview, up });
});
afterAll(async () => {
  project.remove();
  await emulator.close();
});
const updates = () => project.calls().filter(({ command }) => command === "up").length;

test("what another stack records is not taken over where nobody can answer", async () => {
  const { code, stderr } = await project.run("up");
  expect([code, updates()]).toEqual([2, 0]);
  expect(stderr).toBe(
    `${list}error: The update of stack "dev" has to be confirmed.\n` +
      "  why: It takes over what another stack records, each would then change it, and there is no terminal to ask on.\n" +
      "  fix: Give this stack names or an account of its own, or add --yes if both are to have it.\n",
  );
});

test("--yes takes it over, and still says whose it is", async () => {
  const { code, stderr } = await project.run("up", "--yes");
  expect([code, updates(), stderr]).toEqual([0, 1, list]);
});

test.each([
  ["no", "no\r", 8, 0],
  ["yes", "yes\r", 0, 1],
])("on a terminal it is asked, for a local stack too: %s", async (_, answer, exitCode, expected) => {
  project.answers({ "stack export": { stdout: "{}" }, preview, up });
  const { code, stdout } = await project.onTerminal(["up"], [[/Type yes to go on: /, answer]]);
  expect([code, updates()]).toEqual([exitCode, expected]);
  expect(stdout).toContain("1 TaskQueue (billing)");
});

test.each<[what: string, answers: Record<string, Answer>, why: string]>([
  [
    "may share the account",
    { "stack ls": { stdout: JSON.stringify(Array.from({ length: 11 }, (_, n) => ({ name: `s${n}` }))) } },
    'because stacks "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10" of the same backend may record',
  ],
  [
    "can't be listed",
    { "stack ls": { stderr: "error: [503]", code: 1 } },
    "because the backend does not say what",
  ],
])("--skip-preview looks all the same where other stacks %s", async (_, answers, why) => {
  project.answers({ "stack export": { stdout: "{}" }, preview, up, ...answers });
  const { code, stdout, stderr } = await project.run("up", "--skip-preview");
  expect(stdout).toContain(`Stack dev: a preview comes first all the same, ${why}`);
  expect([code, updates()]).toEqual([2, 0]);
  expect(stderr).toContain(list);
});

test("--skip-preview asks no backend with --yes, and does not look where nobody shares", async () => {
  project.answers({ "stack export": { stdout: "{}" }, preview, up });
  await project.run("up", "--skip-preview", "--yes");
  await project.run("up", "--skip-preview");
  expect(project.calls().map(({ command }) => command)).toEqual(["up", "stack ls", "up"]);
});

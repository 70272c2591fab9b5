import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { number, useCentre } from "../journey/centre.ts";
import { ScriptedProject } from "./scripted-project.ts";

// Who lets a task time out is away by then: how they come back, and who reacts at all.

const setting = useCentre();
let project: ScriptedProject;

beforeAll(async () => {
  project = ScriptedProject.on(
    setting.local.emulator,
    `  flex-messaging:messageHandling:\n    numbers:\n      main: { phoneNumber: "${number}" }\n`,
  );
  await setting.centre.dismissAll();
  await setting.centre.hire("alice");
  const workspace = await setting.centre.workspace();
  const [unavailable] = await workspace.activities.list({ friendlyName: "Unavailable" });
  await workspace.update({ timeoutActivitySid: unavailable?.sid ?? "" });
});
afterAll(() => project.remove());

const steady = (text: string) => text.replaceAll(/\b([A-Z]{2})[0-9a-f]{32}\b/g, "$1…");
const lines = (text: string) => steady(text).trim().split("\n").slice(1);
const agent = (...words: string[]) => project.run("agent", ...words);
const simulate = (from: string, ...words: string[]) =>
  project.run("simulate", "sms", "--from", from, "--body", "Hello", "--reply", "1", ...words);

describe("flex-stack agent", () => {
  test("says how an agent is, and gives them another activity", async () => {
    expect(lines((await agent("alice")).stdout)).toEqual(["alice is Available: gets tasks."]);
    const away = await agent("alice", "--activity", "Break");
    expect(lines(away.stdout)).toEqual(["alice is Break, before Available: gets no tasks."]);
    const { stdout } = await agent("alice", "--activity", "Available", "--json");
    expect(JSON.parse(stdout)).toEqual({
      worker: "alice",
      sid: expect.stringMatching(/^WK/),
      activity: "Available",
      available: true,
      before: "Break",
      reservations: [],
    });
  });

  test.each([
    [["alise"], "There is no worker alise (known: alice).", "Did you mean alice?"],
    [["alice", "--activity", "Brake"], "There is no activity Brake", "Did you mean Break?"],
  ])("%j is told with what may have been meant", async (words, what, fix) => {
    const { code, stderr } = await agent(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(what);
    expect(stderr).toContain(fix);
  });
});

test("a simulation that nobody answers takes nobody away for good", async () => {
  const first = await simulate("+14155550131");
  expect(first.code).toBe(0);
  expect(first.stdout).toContain(
    "\nNobody answers: TaskRouter takes alice for away when the time to accept is over",
  );
  await setting.centre.advance(3600);
  expect(lines((await agent("alice")).stdout)).toEqual(["alice is Unavailable: gets no tasks."]);

  const second = await simulate("+14155550132", "--answer");
  expect(lines(second.stdout)[0]).toBe(
    "alice was Unavailable, since reservation WR… of an earlier task timed out; made Available again.",
  );
  expect(second.code).toBe(0);
  expect(lines(second.stdout)[1]).toBe("Task WT… was older, and was served first.");
  expect(lines((await agent("alice")).stdout)[0]).toBe("alice is Available: gets tasks.");
});

test("who is away by their own doing stays away", async () => {
  await agent("alice", "--activity", "Unavailable");
  const { stdout } = await simulate("+14155550133", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ putBack: [], reached: false });
  await agent("alice", "--activity", "Available");
});

test("--answer has whoever is offered the task serve it, and all of it is in the JSON", async () => {
  await setting.centre.dismissAll();
  await setting.centre.hire("bob");
  const { code, stdout } = await simulate("+14155550134", "--answer", "--json");
  expect(code).toBe(0);
  const { task, entries, unanswered } = JSON.parse(stdout) as {
    task: { agents: string[]; status: string };
    entries: { text: string; body: string | null }[];
    unanswered: string[];
  };
  expect(task).toMatchObject({ agents: ["bob"], status: "completed" });
  expect(unanswered).toEqual([]);
  expect(new Set(entries.flatMap(({ body }) => body ?? []))).toEqual(
    new Set(["Hello", "Hello, this is bob."]),
  );
});

describe("simulate --interactive", () => {
  const words = ["simulate", "sms", "--from", "+14155550135", "--interactive"];

  test("has somebody write as the customer and as the agent, in a terminal", async () => {
    await setting.centre.dismissAll();
    const workspace = await setting.centre.workspace();
    for (const { sid } of await workspace.tasks.list()) await workspace.tasks(sid).remove();
    await setting.centre.hire("carol");
    await simulate("+14155550136");
    await setting.centre.advance(3600);
    for (const { sid } of await workspace.tasks.list())
      await workspace.tasks(sid).update({ assignmentStatus: "canceled" });
    const { code, stdout } = await project.onTerminal(words, [
      [/\+14155550135: /, "Where is it?\r"],
      [/\+14155550135: |carol: /, "On its way\r"],
      [/\+14155550135: /, "\r"],
    ]);
    const shown = stripVTControlCharacters(stdout);
    expect(shown).toMatch(
      /carol was Unavailable, since reservation WR\w+ of an earlier task timed out; made Available again/,
    );
    expect(shown).toContain("“Where is it?”");
    expect(shown).toMatch(/carol: accepted[^]*carol: On its way[^]*“On its way”/);
    expect(shown).toMatch(/carol: completed[^]*Task completed/);
    expect(code).toBe(0);
  });

  test.each([
    [[], "--interactive needs a terminal"],
    [["--reply", "1"], "--interactive asks what is written"],
    [["--json"], "cannot be used with option"],
  ])("%j is refused without one", async (more, what) => {
    const { code, stderr } = await project.run(...words, ...more);
    expect(code).toBe(2);
    expect(stderr).toContain(what);
  });
});

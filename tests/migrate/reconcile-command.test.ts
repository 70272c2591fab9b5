import { afterEach, describe, expect, test } from "@jest/globals";
import { main } from "../../cli/main.ts";
import { readWindow } from "../../cli/migrate/reconcile-window.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { ScriptedProject } from "../cli/scripted-project.ts";
import { blocks } from "../docs/blocks.ts";
import { ann, bob, MovingNumber, number } from "./moving-number.ts";

const projects: ScriptedProject[] = [];
const opened: MovingNumber[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) project.remove();
  for (const moving of opened.splice(0)) await moving.emulator.close();
});

const numbers = `  flex-messaging:messageHandling:\n    numbers:\n      main: {phoneNumber: "${number}"}\n      shop: {phoneNumber: "+12065550188"}\n`;

/** A project whose stack `dev`, which was never provisioned, is on an account. */
function projectOn(config: string, endpoint = "http://127.0.0.1:1"): ScriptedProject {
  const project = new ScriptedProject(endpoint);
  projects.push(project);
  project.write("Pulumi.dev.yaml", `config:\n${config}${numbers}`);
  project.answers({ "stack export": { code: 6, stderr: "error: no stack named 'dev' found" } });
  return project;
}

async function open(): Promise<{ moving: MovingNumber; project: ScriptedProject }> {
  const moving = await MovingNumber.open();
  opened.push(moving);
  const { url, accountSid, authToken } = moving.emulator;
  const config = `  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n`;
  return { moving, project: projectOn(config, url) };
}

const words = (...more: string[]): string[] => ["migrate", "reconcile", ...more];
const usual = words("--number", "main", "--since", "1h");

const steady = (text: string): string =>
  text
    .replaceAll(/\b([A-Z]{2})[0-9a-f]{32}/g, "$1…")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "2026-03-01 12:00:00")
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:4100")
    .replaceAll(/ +$/gm, "")
    .replaceAll(/(?<=\S) {2,}/g, "  ")
    .trim();

/** Some that arrived in either world, in both, and in none. */
async function mixed(moving: MovingNumber): Promise<void> {
  await moving.writes("Hello");
  await moving.advance(60);
  await moving.ways({ chat: true, conversations: true });
  await moving.writes("Are you there?");
  await moving.ways({ chat: false, conversations: false });
  await moving.advance(5);
  await moving.writes("<b>Hi</b> | [a](javascript:b) \u001b[31m\nagain", bob);
  await moving.writes("STOP", bob);
  await moving.advance(61);
}

test("looks, puts in, and finds nothing any more", async () => {
  const { moving, project } = await open();
  await moving.ways({ chat: false, conversations: false });
  await moving.writes("Hello");
  await moving.advance(61);
  const looked = await project.run(...usual);
  expect({ code: looked.code, out: looked.stdout }).toEqual({
    code: 22,
    out: expect.stringContaining("1 text: 1 in none."),
  });
  expect(await moving.conversations()).toEqual([]);
  const put = await project.run(...usual, "--replay", "--yes");
  expect({ code: put.code, out: put.stdout, err: put.stderr }).toEqual({
    code: 0,
    out: expect.stringContaining("1 text, each in exactly one place."),
    err: "",
  });
  const diagnosed = await project.run("diagnose", "--from", ann);
  expect(diagnosed.stdout).toMatch(/It was lost; migrate reconcile put it into conversation CH\w{32}\./);
  const again = await project.run(...usual, "--replay", "--yes", "--json");
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({
    stack: "dev",
    result: "ok",
    texts: 1,
    counts: { conversations: 1, lost: 0 },
    replayed: [],
  });
});

test("hides numbers and what people wrote unless told otherwise, in every format; what they wrote does nothing", async () => {
  const { moving, project } = await open();
  await mixed(moving);
  for (const format of ["text", "markdown", "html", "json"]) {
    const { stdout, stderr, code } = await project.run(...usual, "--format", format);
    expect(code).toBe(22);
    for (const secret of [ann, bob, number, ann.slice(1), "Hi", "local-twilio"])
      expect(stdout + stderr).not.toContain(secret);
    const shown = await project.run(...usual, "--format", format, "--show-content");
    expect(shown.stdout).toContain(bob.slice(1));
    expect(shown.stdout).toContain("again");
    expect(shown.stdout).not.toContain("\u001b");
    if (format === "html" || format === "markdown") expect(shown.stdout).not.toContain("<b>Hi");
    if (format === "markdown") expect(shown.stdout).not.toContain("](javascript");
  }
});

test("writes what its page shows", async () => {
  const samples = blocks(new URL("../../docs/migration.md", import.meta.url))
    .filter(({ language, text }) => language === "text" && text.includes("Texts to +"))
    .map(({ text }) => steady(text));
  const { moving, project } = await open();
  await mixed(moving);
  const looked = await project.run(...usual);
  const put = await project.run(...usual, "--replay", "--yes");
  const shown = [looked, put].map(({ stdout }) => steady(stdout.replace(/^Local Twilio.*\n/, "")));
  expect(shown).toEqual(samples);
});

test("asks where somebody can answer, and a no writes nothing", async () => {
  const { moving, project } = await open();
  await moving.ways({ chat: false, conversations: false });
  await moving.writes("Hello");
  await moving.advance(61);
  const { code, stdout } = await project.onTerminal(
    [...usual, "--replay"],
    [[/Type yes to go on: /, "no\n"]],
  );
  expect(stdout).toContain("into a new conversation, then Studio flow FW");
  expect(code).toBe(8);
  expect(await moving.conversations()).toEqual([]);
});

test("texts to a number without an Address are put nowhere", async () => {
  const { moving, project } = await open();
  await moving.ways({ chat: false, conversations: false });
  await moving.removeAddress();
  await moving.writes("Hello");
  await moving.advance(61);
  const { code, stdout } = await project.run(...usual, "--replay", "--yes");
  expect(stdout).toContain("has no Address: nobody would be told of a conversation on it.");
  expect(code).toBe(22);
});

test.each<[string[], string]>([
  [["--number", "shop", "--since", "1h"], "is no number of the account."],
  [["--number", "+12065550199", "--since", "1h"], "is no number of the account."],
  [["--number", "elsewhere", "--since", "1h"], "or one of main, shop."],
  [["--number", "__proto__", "--since", "1h"], "nor a key of messageHandling.numbers."],
  [["--number", "main", "--since", "2999-01-01"], "--since is in the future."],
  [["--number", "main", "--since", "2001-01-01T00:00:00Z"], "--since is more than ten years ago."],
  [["--number", "main", "--since", "30s"], "--since is less than a minute ago"],
  [["--number", "main", "--since", "1h", "--until", "2h"], "--until is not after --since."],
])("refuses of an account %j", async (given, reason) => {
  const { project } = await open();
  const { code, stdout, stderr } = await project.run(...words(...given));
  expect(stderr + stdout).toContain(reason);
  expect(code).toBe(2);
});

test("a window of ten years is read like any other", async () => {
  const { project } = await open();
  const { code, stdout } = await project.run(...words("--number", "main", "--since", "3650d"));
  expect(stdout).toContain("No texts came in.");
  expect(code).toBe(0);
});

test("what could not be read is told by the exit code", async () => {
  const { moving, project } = await open();
  await moving.writes("Hello");
  await moving.advance(61);
  await moving.fault({ host: "chat", error: { status: 403, code: 20003, message: "Permission denied" } });
  const { code, stdout } = await project.run(...usual);
  expect(stdout).toContain("Programmable Chat refused to be read: Permission denied");
  expect(code).toBe(10);
});

describe("without a look at the account", () => {
  const listening = (told: string[]): Dialogue => ({
    live: false,
    interactive: false,
    columns: 80,
    print: (text = "") => void told.push(text),
    complain: (text) => void told.push(text),
    style: (_, text) => text,
    ask: () => Promise.reject(new Error("Nobody answers.")),
  });

  test.each<[string[], string]>([
    [["--since", "1h"], ""],
    [["--number", "main"], ""],
    [["--number", "main", "--since", "yesterday"], "--since must be a time"],
    [["--number", "main", "--since", "2026-13-01"], "--since must be a time"],
    [["--number", "main", "--since", "1h; rm -rf /"], "--since must be a time"],
    [["--number", "main", "--since", "1h", "--until", "now"], "--until must be a time"],
    [["--number", "main", "--since", "1h", "--yes"], "--yes belongs to --replay."],
    [["--number", "main", "--since", "1h", "--replay"], "The replay has to be confirmed."],
    [["--number", "main", "--since", "1h", "--format", "pdf"], ""],
  ])("refuses %j", async (given, reason) => {
    const project = projectOn("  twilio:endpoint: http://127.0.0.1:1\n");
    const told: string[] = [];
    const code = await main([...words(...given), "--cwd", project.folder], listening(told));
    expect(told.join("\n")).toContain(reason);
    expect(code).toBe(2);
  });

  const now = Date.parse("2026-03-01T12:00:00Z");
  test.each<[Parameters<typeof readWindow>[0], string, string]>([
    [{ since: "1h" }, "2026-03-01T11:00:00.000Z", "2026-03-01T11:59:00.000Z"],
    [{ since: "2d", until: "1d" }, "2026-02-27T12:00:00.000Z", "2026-02-28T12:00:00.000Z"],
    [{ since: "2026-03-01" }, "2026-03-01T00:00:00.000Z", "2026-03-01T11:59:00.000Z"],
    [{ since: "2026-03-01T10:30" }, "2026-03-01T10:30:00.000Z", "2026-03-01T11:59:00.000Z"],
    [
      { since: "2026-03-01T10:30:00+02:00", until: "2026-03-01T09:00:00Z" },
      "2026-03-01T08:30:00.000Z",
      "2026-03-01T09:00:00.000Z",
    ],
    [{ since: "1h", until: "2030-01-01" }, "2026-03-01T11:00:00.000Z", "2026-03-01T11:59:00.000Z"],
  ])("%j is from %s to %s", (given, since, until) => {
    const window = readWindow(given)(now);
    expect([window.since.toISOString(), window.until.toISOString()]).toEqual([since, until]);
  });
});

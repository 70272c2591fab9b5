import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { done, said, started, state, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { readable } from "../support/pseudoTerminal.ts";
import { ScriptedProject, type Answer } from "./scripted-project.ts";

const queue = "twilio:taskrouter:TaskQueue";
const id = "WS1/WQ1";
const old = state(queue, "billing", { id });
const existing: Answer = {
  stdout: JSON.stringify({
    deployment: { resources: [{ urn: urnOf(queue, "billing"), type: queue, custom: true, id }] },
  }),
};
const missing: Answer = { stderr: "error: no stack named 'dev' found\n", code: 6 };
const summary: EngineEvent = {
  sequence: 0,
  timestamp: 0,
  summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: {}, policyPacks: {} },
};
const creation = [
  started(step("create", queue, "billing")),
  done(step("create", queue, "billing", { new: old })),
  summary,
];
const deletion = [
  started(step("delete", queue, "billing", { old })),
  done(step("delete", queue, "billing", { old })),
  summary,
];
const question = /Type yes to go on: /;

const showCursor = "\u001b[?25h";
const eraseBelow = "\u001b[0J";

describe("flex-stack on a terminal", () => {
  let emulator: Emulator;
  let project: ScriptedProject;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, file: ":memory:" });
    project = new ScriptedProject(emulator.url);
  });
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });
  const commands = () => project.calls().map(({ command }) => command);

  test("shows a bar, first for the preview and then for the update, and takes it away", async () => {
    project.answers({ "stack export": missing, preview: { events: creation }, up: { events: creation } });
    const { code, stdout } = await project.onTerminal(["up"], []);
    expect(code).toBe(0);
    expect(commands()).toEqual(["stack init", "preview", "up"]);
    expect(stdout).toMatch(/preview {2}█* *░* *.*\d\/1 [^]*update {2}█*░* *\d\/1 /);
    expect(stdout.lastIndexOf(showCursor)).toBeGreaterThan(stdout.lastIndexOf("\u001b[?25l"));
    expect(stdout.lastIndexOf(eraseBelow)).toBeGreaterThan(stdout.lastIndexOf("/1 "));
    const after = stdout.slice(stdout.lastIndexOf(eraseBelow));
    expect(stripVTControlCharacters(after)).toMatch(/^\r\nStack dev: 1 created, in \d/);
  });

  test.each([
    [
      "yes",
      "yes\r",
      0,
      /- deleted .*billing {2}WQ1\r\n[^]*Stack dev: 1 deleted, in /,
      ["destroy --preview-only", "destroy"],
    ],
    ["no", "no\r", 8, /Type yes to go on: no\s+Nothing was changed\.\r\n$/, ["destroy --preview-only"]],
    ["Ctrl-D", "\u0004", 8, /Type yes to go on: \r+\nNothing was changed\.\r\n$/, ["destroy --preview-only"]],
    [
      "Ctrl-C",
      "\u0003",
      130,
      /Type yes to go on: \r+\nNothing was changed\.\r\n$/,
      ["destroy --preview-only"],
    ],
  ])("asks before it deletes; %s", async (_, typed, code, end, asked) => {
    project.answers({
      "stack export": existing,
      "destroy --preview-only": { events: deletion },
      destroy: { events: deletion },
    });
    const result = await project.onTerminal(["destroy"], [[question, typed]]);
    expect(result.code).toBe(code);
    expect(stripVTControlCharacters(result.stdout)).toMatch(end);
    expect(commands()).toEqual([...asked]);
  });

  const numberType = "twilio:api:IncomingPhoneNumber";
  const phoneNumber = "+12025550147";
  const bought = step("create", numberType, "main", {
    new: state(numberType, "main", { inputs: { phoneNumber, adopt: true }, outputs: { adopted: false } }),
  });
  const purchase =
    /Update stack prod\? It buys \+12025550147, which costs money every month\. Type buy to go on: /;
  const blind = /Update stack prod without a look first\? Type prod to go on: /;

  test.each<[string, string[], RegExp, string, number, string[]]>([
    ["names what it buys", [], purchase, "yes\r", 8, ["preview"]],
    ["and buys when told to", [], purchase, "buy\r", 0, ["preview", "up"]],
    ["does nothing unseen", ["--skip-preview"], blind, "yes\r", 8, ["stack ls"]],
    ["unless told to", ["--skip-preview"], blind, "prod\r", 0, ["stack ls", "up"]],
  ])("of a real account: %s", async (_, words, asked, typed, code, engine) => {
    const events = [started(bought), done(bought), summary];
    project.answers({ "stack export": existing, preview: { events }, up: { events } });
    const passphrase = { PULUMI_CONFIG_PASSPHRASE: "p" };
    const result = await project.onTerminal(["up", "-s", "prod", ...words], [[asked, typed]], passphrase);
    expect(result.code).toBe(code);
    if (words.length === 0) {
      const shown = stripVTControlCharacters(result.stdout);
      expect(shown).toMatch(
        /\+ BUY {6}api\.IncomingPhoneNumber {2}main\r\n {6}! buys \+12025550147, which costs money every month/,
      );
      expect(shown).toContain("Stack prod: 1 to BUY.");
    }
    expect(commands()).toEqual([...engine]);
  });

  // cli-progress would have the terminal cut what is longer than a row, for as long as the bar is there.
  test.each([60, 80, 120])("at %d columns cuts nothing that it says above the bar", async (columns) => {
    const address = `https://example.com/${"a-long-way/".repeat(12)}?with=arguments#and-a-place`;
    const message = `The webhook can't be reached from here, and will be called all the same: ${address}`;
    const events = [started(step("create", queue, "billing")), said("warning", message), ...creation];
    project.answers({ "stack export": missing, preview: { events }, up: { events } });
    const { code, stdout } = await project.onTerminal(["up"], [], {}, columns);
    expect(code).toBe(0);
    const lines = await readable(stdout, columns);
    expect(lines).toContain(`warning: ${message}`);
    expect(lines.filter((line) => /[█░]/.test(line))).toEqual([]);
    expect(stdout).not.toContain("\u001b[?7l");
  });

  test.each([60, 80, 120])("at %d columns cuts nothing of the local Twilio's greeting", async (columns) => {
    const words = ["emulator", "--port", "0", "--file", "greeting.db"];
    const { code, stdout } = await project.onTerminal(words, [[/Ctrl-C stops it\./, "\u0003"]], {}, columns);
    expect(code).toBe(0);
    const [greeting = ""] = stdout.split("Ctrl-C stops it.");
    expect(await readable(greeting, columns)).toEqual(await readable(greeting, 5_000));
  });

  test("says in its one document that the answer was no", async () => {
    project.answers({ "stack export": existing, "destroy --preview-only": { events: deletion } });
    const { code, stdout } = await project.onTerminal(["destroy", "--json"], [[question, "no\r"]]);
    expect(code).toBe(8);
    expect(JSON.parse(stdout.slice(stdout.lastIndexOf("\r\n{")))).toEqual({
      stack: "dev",
      result: "declined",
    });
  });

  test.each([
    ["no", "n\r", 8, /\[y\/N\] n\s+Nothing was thrown away\.\r\n$/],
    ["Ctrl-D", "\u0004", 8, /\[y\/N\] \s+Nothing was thrown away\.\r\n$/],
    ["Ctrl-C", "\u0003", 130, /\[y\/N\] $/],
  ])("asks before it throws the local Twilio's database away; %s", async (_, typed, code, end) => {
    project.write("kept.db", "anything");
    const words = ["emulator", "--port", "0", "--file", "kept.db", "--reset"];
    const result = await project.onTerminal(words, [[/Throw away .*\[y\/N\] /, typed]]);
    expect(result.code).toBe(code);
    expect(stripVTControlCharacters(result.stdout)).toMatch(end);
    expect(readFileSync(join(project.folder, "kept.db"), "utf8")).toBe("anything");
  });

  test("keeps what it says of Ctrl-C above the bar", async () => {
    project.answers({
      "stack export": existing,
      up: { events: creation, waitForSignal: true, code: 1, stderr: "error: update canceled\n" },
    });
    const { code, stdout } = await project.onTerminal(["up"], [[/created /, "\u0003"]]);
    expect(code).toBe(130);
    const shown = stripVTControlCharacters(stdout);
    expect(shown.match(/Ctrl-C: stopping when the current operations are done\./g)).toHaveLength(1);
    expect(shown).toContain("Stopped. What was done is recorded; run it again to go on from here.");
    expect(project.calls().filter(({ signal }) => signal)).toHaveLength(1);
    expect(stdout.lastIndexOf(showCursor)).toBeGreaterThan(stdout.lastIndexOf("\u001b[?25l"));
  });
});

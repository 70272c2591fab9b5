import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
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
import { ScriptedProject, type Answer } from "../cli/scripted-project.ts";

// Reads a real local Twilio; what Pulumi finds in its preview is scripted.

const queue = "twilio:taskrouter:TaskQueue";
const adopted = step("create", queue, "billing", {
  new: state(queue, "billing", { id: "WS1/WQ1", outputs: { adopted: true } }),
});
const taken = (note: string): EngineEvent[] => [
  started(adopted),
  said("info", note, urnOf(queue, "billing")),
  done(adopted),
];
const created = step("create", queue, "billing", { new: state(queue, "billing", { id: "" }) });

describe("flex-stack adopt", () => {
  let emulator: Emulator;
  let project: ScriptedProject;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, file: ":memory:" });
    project = new ScriptedProject(emulator.url);
    project.write(
      "Pulumi.yaml",
      "name: flex-messaging\nruntime: nodejs\nbackend:\n  url: file://.\nconfig:\n  flex-messaging:routing:\n    type: object\n",
    );
  });
  beforeEach(() => {
    const { url, accountSid, authToken } = emulator;
    project.write(
      "Pulumi.dev.yaml",
      `config:\n  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n`,
    );
  });
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  async function adopt(preview: Answer, up: Answer = {}) {
    project.answers({
      "stack export": { code: 6, stderr: "error: no stack named 'dev' found\n" },
      preview,
      up,
    });
    const { code, stdout, stderr } = await project.run("adopt", "--yes");
    return { code, stdout, stderr, commands: project.calls().map(({ command }) => command) };
  }

  test("records what is as the files say", async () => {
    const events = taken("takes over WQ1 as it is");
    const { code, stdout, commands } = await adopt({ events }, { events });
    expect(stdout).toContain("Stack dev: 1 resource recorded, ");
    expect([code, commands.at(-2), commands.at(-1)]).toEqual([0, "preview", "up"]);
  });

  test("says which other stack records it", async () => {
    const events = taken('takes over WQ1, which stack "staging" records too, as it is');
    const { code, stderr } = await adopt({ events }, { events });
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(
        'what stack "staging" of the same backend and account records too: 1 TaskQueue (billing).',
      ),
    ]);
  });

  test.each<[string, EngineEvent[], string]>([
    [
      "would be changed",
      taken("takes over WQ1 and would change targetWorkers"),
      "takes over WQ1 and would change targetWorkers",
    ],
    ["would be created", [started(created), done(created)], "+ create"],
    [
      "would be deleted",
      [done(step("delete", queue, "billing", { old: state(queue, "billing", { id: "WS1/WQ1" }) }))],
      "- delete",
    ],
  ])("records nothing where something %s", async (_, events, shown) => {
    const { code, stdout, stderr, commands } = await adopt({ events });
    expect(stdout).toContain(shown);
    expect(stderr).toContain("error: The first update of stack dev would change what is shown above.");
    expect([code, commands.at(-1)]).toEqual([7, "preview"]);
  });

  test("records nothing where the preview fails", async () => {
    const events = [
      started(created),
      said("error", "friendlyName is missing\n", urnOf(queue, "billing")),
      failed(created),
    ];
    const { code, stderr, commands } = await adopt({ events, code: 255 });
    expect(stderr).toContain("friendlyName is missing");
    expect(stderr).toContain("The files are written; nothing was recorded in the state.");
    expect([code, commands.at(-1)]).toEqual([255, "preview"]);
  });
});

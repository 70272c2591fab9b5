import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { done, state, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { ScriptedProject } from "./scripted-project.ts";

// Where the reports of preview go, and what stands beside them.

const queue = "twilio:taskrouter:TaskQueue";
const id = "WS1/WQ1";
const deployed = {
  stdout: JSON.stringify({
    version: 3,
    deployment: { resources: [{ urn: urnOf(queue, "billing"), type: queue, custom: true, id }] },
  }),
};
const renamed = {
  events: [
    done(
      step("update", queue, "billing", {
        old: state(queue, "billing", { id, inputs: { friendlyName: "Billing" } }),
        new: state(queue, "billing", { inputs: { friendlyName: "Billing EU" } }),
        diffs: ["friendlyName"],
      }),
    ),
  ],
};
const comment = `<!-- flex-stack preview -->

## Preview of stack dev

✅ <b>1 to update</b>.

| Change | Resource | What it means |
| --- | --- | --- |
| <b>update</b> | <code>billing</code> taskrouter.TaskQueue | friendlyName: <code>"Billing"</code> → <code>"Billing EU"</code> |
`;

describe("flex-stack preview", () => {
  let emulator: Emulator;
  let project: ScriptedProject;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, file: ":memory:" });
    project = new ScriptedProject(emulator.url);
  });
  beforeEach(() => project.answers({ "stack export": deployed, preview: renamed }));
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  test("prints a report and nothing else", async () => {
    const { code, stdout } = await project.run("preview", "--format", "markdown");
    expect(code).toBe(0);
    expect(stdout).toBe(comment);
  });

  test("writes it to a file, in a new folder too, and keeps its text", async () => {
    const file = join(project.folder, "reports", "dev.md");
    const { code, stdout } = await project.run("preview", "--format", "markdown", "--output", file);
    expect(code).toBe(0);
    expect(stdout).toContain('      friendlyName: "Billing" → "Billing EU"\n\nStack dev: 1 to update');
    expect(readFileSync(file, "utf8")).toBe(comment);
  });

  test("--json is --format json", async () => {
    const documents = [];
    for (const words of [["--json"], ["--format", "json"]]) {
      const { stdout } = await project.run("preview", ...words);
      documents.push({ ...(JSON.parse(stdout) as object), durationMs: 0, origin: undefined });
    }
    expect(documents[0]).toEqual(documents[1]);
    expect(documents[0]).toMatchObject({
      stack: "dev",
      result: "succeeded",
      changes: [{ name: "billing", kind: "update", id, meaning: [{ action: "change", at: [] }] }],
    });
  });

  test("gives a report, and its exit code, when it can't run", async () => {
    const { code, stdout, stderr } = await project.run("preview", "--stack", "nope", "--format", "markdown");
    expect(code).toBe(6);
    expect(stdout).toContain('🛑 <b>The preview failed</b>.\n\n<pre>There is no stack "nope"');
    expect(stderr).toContain('error: There is no stack "nope"');
  });

  test("takes no format that it does not know", async () => {
    const { code, stderr } = await project.run("preview", "--format", "pdf");
    expect(code).toBe(2);
    expect(stderr).toContain("Allowed choices are text, markdown, json, html.");
  });

  test("says so when the file can't be written", async () => {
    writeFileSync(join(project.folder, "taken"), "");
    const file = join(project.folder, "taken", "dev.md");
    const { code, stderr } = await project.run("preview", "--format", "html", "--output", file);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: The report can't be written to ${file}.\n  why: `);
    expect(stderr).toContain("fix: Give --output a file");
  });
});

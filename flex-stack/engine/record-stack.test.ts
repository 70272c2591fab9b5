import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { unheard } from "../changes/progress-reporter.ts";
import { PulumiExit } from "../pulumi/pulumi-process.ts";
import type { StackRun } from "../session/stack-run.ts";
import { recordingOf } from "./record-stack.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "record-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ["and is done with where all is recorded", undefined, false],
  ["and stays where it failed", new PulumiExit({ code: 1, stdout: "", stderr: "error: no\n" }), true],
])(
  "that a recording begins is noted, so that a kill leaves nothing to be taken for made: %s",
  async (...row) => {
    const [, fails, stays] = row;
    const journal = join(folder, "dev.journal");
    let during = "";
    const session = {
      ...{ name: "dev", journal, projectFolder: folder, pulumi: {} },
      place: { backend: "s3://b", projectFolder: folder, project: "p", stack: "dev" },
      exportState: () => Promise.resolve('{"deployment":{}}'),
      engine: {
        preview: () => Promise.resolve({}),
        up: () => {
          during = readFileSync(journal, "utf8");
          return fails ? Promise.reject(fails) : Promise.resolve({});
        },
      },
    };
    const run = {
      ...{
        session,
        dialogue: { print: () => undefined },
        interrupts: { exitCode: undefined },
        told: new Set(),
      },
      ...{ keepTwilio: () => Promise.resolve(), progress: () => Promise.resolve(unheard) },
    } as unknown as StackRun;
    const recording = await recordingOf(run);
    expect(existsSync(journal)).toBe(false);
    await recording.carryOut(1).catch(() => undefined);
    expect(during).toMatch(/^\n?\{"urn":"","step":"run","at":\d+\}\n$/);
    expect(existsSync(journal)).toBe(stays);
  },
);

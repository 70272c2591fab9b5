import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { readable } from "../support/pseudoTerminal.ts";
import { useProject } from "../support/useProject.ts";

// Nothing that a command says loses its end, however narrow the terminal: what a narrow one shows, and lets be copied, is
// what a very wide one would have shown of the same run.

const project = useProject();
const widths = [60, 80, 120];
const wide = 5_000;

async function expectWhole(columns: number, ...words: string[]): Promise<string[]> {
  const { stdout } = await project.onTerminal(columns, ...words);
  const lines = await readable(stdout, columns);
  expect(lines).toEqual(await readable(stdout, wide));
  return lines;
}

describe.each(widths)("at %d columns", (columns) => {
  test.each([
    ["of the program", ["--help"]],
    ["of a command", ["up", "--help"]],
    ["of a wrong option", ["up", "--no-such-option"]],
    ["of a stack that is not there", ["destroy", "--stack", "nowhere", "--yes"]],
  ])("help and errors %s", async (_, words) => {
    await expectWhole(columns, ...words);
  });
});

describe("of a stack that is there", () => {
  beforeAll(async () => {
    const lines = await expectWhole(80, "up");
    expect(lines.join("\n")).toMatch(/Stack dev: \d+ created/);
    await project.flexStack("preview", "--format", "json", "--output", join(project.folder, "dev.json"));
  });

  const text = ["simulate", "sms", "--from", "+14155550170", "--body", "Where is my parcel?", "--reply", "3"];
  test.each(
    widths.flatMap((columns) =>
      [
        ["up"],
        ["preview", "--refresh"],
        ["report", "dev.json", "--format", "text"],
        ["report", "dev.json"],
        ["drift"],
        [...text, "--agent", "bob"],
        ["diagnose", "--from", "+14155550170"],
        ["diagnose", "--health"],
        ["route", "--task", '{"targetWorker":"client:pat"}', "--explain"],
        ["migrate", "status"],
        ["migrate", "check", "--number", "main"],
        ["migrate", "plan", "--number", "main"],
        ["adopt", "--print"],
        ["destroy", "--yes", "--target", "flex-routing-worker-pat"],
      ].map((words): [number, string, string[]] => [columns, words.slice(0, 2).join(" "), words]),
    ),
  )("at %d columns %s", async (columns, _, words) => {
    const lines = await expectWhole(columns, ...words);
    expect(lines.join("").length).toBeGreaterThan(100);
  });
});

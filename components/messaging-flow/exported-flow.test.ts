import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { exportedFlow, type ExportedFlowArgs } from "./exported-flow.ts";

const workflow = `WW${"0".repeat(32)}`;
const channel = `TC${"0".repeat(32)}`;
const definition = {
  states: [
    {
      name: "Agent",
      properties: { workflow, channel, attributes: `{"workflow": "${workflow}"}`, n: 1, b: null },
    },
  ],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "flow-"));
  writeFileSync(join(folder, "flow.json"), JSON.stringify(definition));
  writeFileSync(join(folder, "broken.json"), '{"states": [');
  writeFileSync(join(folder, "other.json"), '{"task_routing": {}}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const flow = (file: string, substitutions?: ExportedFlowArgs["substitutions"]) =>
  exportedFlow({ file: join(folder, file), substitutions });

test("SIDs are replaced wherever they stand, everything else stays", async () => {
  const output = flow("flow.json", { [workflow]: pulumi.output("WW1"), [channel]: "TC1" });
  const value = await new Promise((resolve) => output.apply(resolve));
  expect(value).toEqual({
    states: [
      {
        name: "Agent",
        properties: { workflow: "WW1", channel: "TC1", attributes: '{"workflow": "WW1"}', n: 1, b: null },
      },
    ],
  });
});

test.each([
  ["flow.json", undefined, `it names ${workflow} of another account: add a substitution for it`],
  [
    "flow.json",
    { [workflow]: "a", [channel]: "b", WW1: "c" },
    "it does not contain WW1: remove that substitution",
  ],
  [
    "absent.json",
    undefined,
    "can't be read: there is no such file. Save what Studio's \"Show Flow JSON\" shows there.",
  ],
  ["broken.json", undefined, "broken.json is not JSON: "],
  ["other.json", undefined, 'is no Studio flow: it has no "states".'],
])("%s with %j is refused", (file, substitutions, problem) => {
  expect(() => flow(file, substitutions)).toThrow(problem);
});

import { expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { failed, said, step } from "./engine-events.fixture.ts";
import { Operation } from "./operation.ts";

/** As Pulumi 3.259.0 words it. */
const detected = (program: string, dump: string): string =>
  `Detected that ${program} exited prematurely. \n` +
  "         This is *always* a bug in the provider. Please report the issue to the provider author as appropriate.\n" +
  `         To assist with debugging we have dumped the STDOUT and STDERR streams of the plugin:\n${dump}`;
const lost = said("error", "error reading from server: EOF");
const unavailable = said("error", "rpc error: code = Unavailable desc = error reading from server: EOF");
const inPreview = said("error", "Preview failed: error reading from server: EOF");
const role = failed(step("create", "twilio:chat:Role", "auditor"));

const told = (...events: EngineEvent[]): { shown: string[]; kept: string[] } => {
  const operation = new Operation({ planOnly: false });
  const shown = events.flatMap((event) => {
    const progress = operation.apply(event);
    return progress?.kind === "diagnostic" ? [progress.diagnostic.message] : [];
  });
  return { shown, kept: operation.errors.map(({ message }) => message) };
};

const killed =
  "The twilio provider was killed before it was done: somebody ended the process, or the machine ran out of memory.\n" +
  "Fix: run it again; it goes on from what is recorded, and finds what was made in the meantime.";

test.each([
  [
    "after its connection broke",
    [lost, role, said("error", detected("/p/provider/pulumi-resource-twilio", "\n"))],
  ],
  ["before that", [said("error", detected("/p/provider/pulumi-resource-twilio", "")), unavailable]],
  ["in a preview", [inPreview, said("error", detected("/p/provider/pulumi-resource-twilio", ""))]],
])("a provider that was killed is told as that, once: %s", (_, events) => {
  expect(told(...events)).toEqual({ shown: [killed], kept: [killed] });
});

test("one that says why it ends is quoted, without frames of its stack", () => {
  const dump = "TypeError: x is not a function\n    at f (file:///p/provider/a.ts:1:2)\nNode.js v24.0.0\n";
  expect(told(said("error", detected("/p/provider/pulumi-resource-twilio", dump)))).toEqual({
    shown: [
      "The twilio provider ended before it was done. The last that it said:\nTypeError: x is not a function\nNode.js v24.0.0\n" +
        "Fix: run it again, which goes on from what is recorded; where it ends there again, report this as a fault of the provider.",
    ],
    kept: [expect.stringContaining("TypeError")],
  });
});

test("a connection that broke is told where nothing else is", () => {
  expect(told(lost).kept).toEqual(["error reading from server: EOF"]);
});

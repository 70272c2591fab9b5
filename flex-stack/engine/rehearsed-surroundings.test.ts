import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { done, state, step } from "../changes/engine-events.fixture.ts";
import { Operation } from "../changes/operation.ts";
import { toldInText } from "../../cli/text/change-text.ts";
import { toldInReport } from "../report/preview-report.ts";
import { rehearsedSurroundings } from "./rehearsed-surroundings.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const queue = "twilio:taskrouter:TaskQueue";
const workflow = "twilio:taskrouter:Workflow";
const configuration = (sid: string) => ({ task_routing: { default_filter: { queue: sid } } });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsed-"));
  symlinkSync(join(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "Pulumi.yaml"), "name: centre\nruntime: nodejs\n");
  writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: {}\n");
  writeFileSync(
    join(folder, "index.ts"),
    `import { writeFileSync } from "node:fs";
     import * as pulumi from "@pulumi/pulumi";
     import * as twilio from "@pulumi/twilio";
     writeFileSync("ran", "");
     if (pulumi.getStack() !== "dev") throw new Error("another stack");
     const place = { workspaceSid: "WS1", friendlyName: "Any" };
     const night = new twilio.taskrouter.TaskQueue("night", place);
     const configuration = { task_routing: { default_filter: { queue: night.sid } } };
     new twilio.taskrouter.Workflow("inbound", { ...place, configuration });`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Two new queues, and a workflow whose default filter goes to this one. */
function planned(op: "create" | "update", sid: string): Operation {
  const operation = new Operation({ planOnly: true });
  const create = (name: string) =>
    step("create", queue, name, { new: state(queue, name, { inputs: { friendlyName: `${name} shift` } }) });
  const after = state(workflow, "inbound", { inputs: { configuration: configuration(sid) } });
  const before = state(workflow, "inbound", {
    id: "WS1/WW1",
    inputs: { configuration: configuration("WQ1") },
  });
  const sides = op === "create" ? { new: after } : { old: before, new: after };
  for (const each of [
    create("night"),
    create("day"),
    step(op, workflow, "inbound", { ...sides, diffs: ["configuration"] }),
  ])
    operation.apply(done(each));
  return operation;
}

interface Case {
  readonly op?: "create" | "update";
  readonly sid?: string;
  readonly told?: typeof toldInText;
  readonly options?: string[];
  readonly stack?: string;
  readonly aborted?: true;
  readonly program?: string;
}

/** The queue as it is told, and whether the program was run for it. */
async function rehearsed(each: Case): Promise<{ name: string; ran: boolean }> {
  const { op = "update", sid = unknown, told = toldInText, options = [], stack = "dev" } = each;
  if (each.program !== undefined) writeFileSync(join(folder, "index.ts"), each.program);
  const operation = planned(op, sid);
  const run = {
    session: { name: stack, projectFolder: folder },
    signal: each.aborted ? AbortSignal.abort() : new AbortController().signal,
  };
  const surroundings = await rehearsedSurroundings(run, operation, told, options);
  const change = operation.changed.find(({ type }) => type === workflow);
  const { after } = surroundings.complete(change!.subject);
  const { task_routing } = after?.["configuration"] as ReturnType<typeof configuration>;
  const name = surroundings.nameOf(task_routing.default_filter.queue, queue);
  return { name, ran: existsSync(join(folder, "ran")) };
}

test.each<[string, Case, string, boolean]>([
  ["an update with a SID nobody knows", {}, "night shift", true],
  ["a stack by its full name", { stack: "acme/centre/dev" }, "night shift", true],
  ["what is new, in a report", { op: "create", told: toldInReport }, "night shift", true],
  ["what is new, where it is not told", { op: "create" }, unknown, false],
  ["SIDs that are known", { sid: "WQ2" }, "WQ2", false],
  ["a program that gets other values", { options: ["--config", "a=b"] }, unknown, false],
  ["a program that gets another file", { options: ["--config-file=x.yaml"] }, unknown, false],
  ["a program that fails", { program: "throw new Error('no');" }, unknown, false],
  ["a program that declares none of it", { program: "export {};" }, unknown, false],
  ["a stack without a file", { stack: "prod" }, unknown, false],
  ["a preview that was stopped", { aborted: true }, unknown, false],
])("%s", async (_, each, name, ran) => {
  expect(await rehearsed(each)).toEqual({ name, ran });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Journal } from "../../provider/access.ts";
import type { StackRun } from "../session/stack-run.ts";
import { recordLost } from "./undeclared.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "undeclared-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("where nobody can look after it, what was made is to be deleted by hand, and never what was taken over", async () => {
  const file = join(folder, "dev.journal");
  const journal = new Journal(file);
  const urns = ["vip", "inbound", "torn"].map(
    (name) => `urn:pulumi:dev::p::twilio:taskrouter:TaskQueue::${name}`,
  );
  const [vip = "", inbound = "", torn = ""] = urns;
  journal.begin(vip, { step: "create", started: 1, inputs: {} });
  journal.end(vip, { step: "made", id: "WS1/WQ1" });
  journal.begin(inbound, { step: "takeOver", id: "WS1/WQ2", baseline: {} });
  journal.begin(torn, { step: "create", started: 1, inputs: {} });
  const told: string[] = [];
  const run = {
    session: { name: "dev", journal: file, exportState: async () => '{"version":3,"deployment":{}}' },
    dialogue: { print: (text: string) => told.push(text) },
  } as unknown as StackRun;
  expect(await recordLost(run, urns)).toBe(false);
  expect(told).toEqual([
    "Stack dev: an earlier run that was cut short took over inbound, which the program no longer declares: it stays as that run left it. Look at it in the account.",
    "Stack dev: an earlier run was cut short while it made torn, vip, which the program no longer declares. If it is in the account, delete it there.",
  ]);
});

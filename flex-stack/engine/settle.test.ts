import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Journal } from "../../provider/access.ts";
import type { StackRun } from "../session/stack-run.ts";
import { readDeployment } from "../state/deployment.ts";
import { unrecorded, unsure } from "./settle.ts";

let folder: string;
let journal: Journal;
let run: StackRun;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settle-"));
  const file = join(folder, "dev.journal");
  journal = new Journal(file);
  run = { session: { journal: file } } as unknown as StackRun;
});
afterEach(() => rmSync(folder, { recursive: true }));

const queue = (name: string, id: string) => ({
  urn: `urn:pulumi:dev::p::twilio:taskrouter:TaskQueue::${name}`,
  type: "twilio:taskrouter:TaskQueue",
  custom: true,
  id,
});
const [returns, sales] = [queue("returns", "WS1/WQ1"), queue("sales", "WS1/WQ2")];
const deployed = readDeployment(JSON.stringify({ deployment: { resources: [returns, sales] } }));

test("what was being changed may not be what the state says", () => {
  journal.begin(sales.urn, { step: "change" });
  expect(unsure(run, deployed)).toEqual([sales.urn]);
});

test("nor may what was changed under another name", () => {
  const { urn } = queue("sendbacks", returns.id);
  journal.begin(urn, { step: "takeOver", id: returns.id, baseline: {} });
  expect(unsure(run, deployed)).toEqual([returns.urn]);
  expect(unrecorded(run, deployed)).toEqual([urn]);
});

test("what was made is not recorded until the state has its id", () => {
  journal.begin(sales.urn, { step: "made", id: "WS1/WQ3" });
  expect(unrecorded(run, deployed)).toEqual([sales.urn]);
  journal.begin(sales.urn, { step: "made", id: sales.id });
  expect(unrecorded(run, deployed)).toEqual([]);
});

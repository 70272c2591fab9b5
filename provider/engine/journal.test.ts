import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things, urn, what } from "../testing/thing.ts";
import { create } from "./create.ts";
import { ConnectionError, TwilioError } from "./errors.ts";
import { Journal, type Note } from "./journal.ts";
import { remove } from "./remove.ts";
import { update } from "./update.ts";
import type { Properties } from "./value.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  file = join(folder, "dev.journal");
});
afterEach(() => rmSync(folder, { recursive: true }));

const steps = (): string[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as Note).step);

const [run, recorded] = [
  ["", "run"],
  ["", "recorded"],
] as const;

test("what the state had once is known, and what a killed run made is not it", () => {
  const journal = new Journal(file);
  journal.begin("", { step: "run" });
  journal.begin("a", { step: "made", id: "WQ1" });
  journal.begin("", { step: "run" });
  journal.begin("b", { step: "made", id: "WQ2" });
  journal.begin("", { step: "recorded" });
  const later = new Journal(file);
  expect([later.wasRecorded("WQ1"), later.wasRecorded("WQ2")]).toEqual([false, true]);
});

test.each<[string, (readonly [urn: string, step: string])[], string[]]>([
  ["of a change that was begun: it is unsure", [run, ["a", "change"]], ["a"]],
  ["of one that was answered, and no end of the run", [run, ["a", "change"], ["a", "changed"]], ["a"]],
  ["of the run's end: what was answered is recorded", [run, ["a", "change"], ["a", "changed"], recorded], []],
  [
    "of the run's end without an answer",
    [run, ["a", "change"], ["b", "change"], ["b", "changed"], recorded],
    ["a"],
  ],
  [
    "of two changes, the second without an answer",
    [run, ["a", "change"], ["a", "changed"], ["a", "change"], recorded],
    ["a"],
  ],
  [
    "of another run's end",
    [run, ["a", "change"], ["a", "changed"], run, ["b", "change"], ["b", "changed"], recorded],
    ["a"],
  ],
  ["of what the state had as begun", [["a", "unsure"], run, recorded], ["a"]],
])("what the notes tell %s", (_of, notes, unsure) => {
  for (const [of, step] of notes) appendFileSync(file, `${JSON.stringify({ urn: of, step })}\n`);
  const { all } = new Journal(file);
  expect([...all].flatMap(([of, begun]) => (begun.unsure ? [of] : []))).toEqual(unsure);
});

const inputs: Properties = { placeSid, name: "one", count: 2 };
const location = { parents: { placeSid }, sid: sidOf("TH", 1) };
const lost = new ConnectionError("reset", { sent: true, code: "ECONNRESET" });
const refused = new TwilioError("no", { status: 400, code: 1 });
const failed = new TwilioError("oops", { status: 500 });

const changes = {
  update: async (things: Things, journal: Journal, state: Properties) =>
    update(sessionOn(things, { journal }), thing, {
      ...{ location, state, oldInputs: inputs, what },
      inputs: { ...inputs, count: 3 },
    }),
  remove: async (things: Things, journal: Journal, state: Properties) =>
    remove(sessionOn(things, { journal }), thing, { location, state, inputs, what }),
};

test.each(
  Object.entries(changes).flatMap(([operation, change]) =>
    [
      ["done", undefined, ["change", "changed"]],
      ["refused", refused, ["change", "changed"]],
      ["lost", lost, ["change"]],
      ["answered by a failure", failed, ["change"]],
    ].map(([how, error, notes]) => ({ operation, change, how, error: error as Error | undefined, notes })),
  ),
)("an $operation that is $how is noted before it is sent, and once it was answered", async (each) => {
  const { operation, change, error, notes } = each;
  const things = new Things();
  const { state } = await create(sessionOn(things), thing, { inputs, what });
  let before: string[] = [];
  things.before = (done) => {
    if (done !== operation) return;
    before = steps();
    if (error) throw error;
  };
  const outcome = await change(things, new Journal(file), state).then(
    () => "done",
    () => "failed",
  );
  expect([outcome, before, steps()]).toEqual([error ? "failed" : "done", ["change"], notes]);
  expect(new Journal(file).begun(urn)?.unsure).toBe(true);
});

test("nothing is noted of an update that has nothing to send", async () => {
  const things = new Things();
  const { state } = await create(sessionOn(things), thing, { inputs, what });
  const journal = new Journal(file);
  const oldInputs = inputs;
  await update(sessionOn(things, { journal }), thing, { location, state, oldInputs, inputs, what });
  expect(() => steps()).toThrow("ENOENT");
});

test("nothing is sent that can't be noted", async () => {
  const things = new Things();
  const { state } = await create(sessionOn(things), thing, { inputs, what });
  things.requests.length = 0;
  const nowhere = new Journal("/dev/null/dev.journal");
  for (const change of Object.values(changes))
    await expect(change(things, nowhere, state)).rejects.toThrow(
      "nothing was sent, because /dev/null/dev.journal can't be written",
    );
  expect(things.requests).toEqual([]);
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Journal } from "../../provider/access.ts";
import type { StackRun } from "../session/stack-run.ts";
import { keptCopy } from "../state/restore.ts";
import { accountForLostNotes } from "./lost-notes.ts";

let folder: string;
let file: string;
let told: string[];
let run: StackRun;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lost-"));
  file = join(folder, ".pulumi", "flex-stack", "p.dev.journal");
  told = [];
  const place = { backend: `file://${folder}`, projectFolder: folder, project: "p", stack: "dev" };
  const dialogue = { print: (text: string) => told.push(text.replaceAll(folder, "~")) };
  run = { session: { name: "dev", place, journal: file }, dialogue } as unknown as StackRun;
  mkdirSync(dirname(file), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = Date.parse("2026-01-01T10:00:00Z");
const minute = 60_000;
const shown = "~/.pulumi/flex-stack/p.dev.journal";
const text = (what: string, since: string): string =>
  `Stack dev: notes of a run that was cut short are ${what} (${shown}). What it made since ${since} is looked for by name, ` +
  "time and values, and what is recorded is read again. What was there before it took something over is not known, nor " +
  "what it made with other values than the program has now: look at the account for that.";

const keep = (time: number): void => {
  writeFileSync(keptCopy(file), "{}");
  utimesSync(keptCopy(file), time / 1000, time / 1000);
};
const record = (time: number): void => {
  const state = join(folder, ".pulumi", "stacks", "p", "dev.json");
  mkdirSync(dirname(state), { recursive: true });
  writeFileSync(join(folder, ".pulumi", "meta.yaml"), "version: 1\n");
  writeFileSync(state, "{}");
  utimesSync(state, time / 1000, time / 1000);
};
const noted = (...lines: (object | string)[]): void =>
  writeFileSync(
    file,
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );
const started = { urn: "", step: "run", at };
const mine = "urn:pulumi:dev::p::twilio:taskrouter:TaskQueue::a";
const create = { urn: mine, step: "create", started: at + minute, inputs: {} };

const kept = (): void => keep(at);

test.each<
  [string, () => void, began: number | undefined, what: string | undefined, since: number | undefined]
>([
  ["nothing was cut short", () => undefined, undefined, undefined, undefined],
  ["its notes are whole", () => (kept(), noted(started, create)), at, undefined, undefined],
  ["it is gone", kept, undefined, "missing", at],
  ["it is empty", () => (kept(), noted("")), undefined, "missing", at],
  ["it is gone, and the lock told when", kept, at - 2000, "missing", at - 2000],
  ["it is gone, and so is the copy", () => record(at - minute), at, undefined, undefined],
  ["its first line is gone", () => (kept(), noted(create)), undefined, "missing", at],
  ["its last line is cut short", () => noted(started, '{"urn":"u'), at + 500, "damaged", at],
  ["it is zeros", () => noted("\0".repeat(100)), at, "damaged", at],
  ["all that tells a time is a create", () => noted("{", create), undefined, "damaged", at + minute],
])("of a journal it is told that notes are missing: %s", (_when, make, began, what, since) => {
  make();
  accountForLostNotes(run, began);
  expect(told).toEqual(what === undefined ? [] : [text(what, new Date(since ?? 0).toISOString())]);
  expect(new Journal(file).lostSince).toBe(since);
  // What was found out once is neither told nor noted again.
  const before = existsSync(file) && readFileSync(file, "utf8");
  accountForLostNotes(run, undefined);
  expect([told.length, existsSync(file) && readFileSync(file, "utf8")]).toEqual([since ? 1 : 0, before]);
});

test.each<[string, () => void, boolean]>([
  ["where the state was not written since", () => record(at - minute), true],
  ["in the second in which it was made", () => record(at + 500), true],
  ["but not where Pulumi wrote the state", () => record(at + minute), false],
  ["nor where flex-stack has its folder", () => (record(at - minute), mkdirSync(dirname(file))), false],
])(
  "of a killed run without a trace of notes it is said that nobody knows what it made: %s",
  (_where, make, says) => {
    rmSync(dirname(file), { recursive: true });
    make();
    accountForLostNotes(run, at);
    expect(told).toEqual(
      says
        ? [
            `Stack dev: there are no notes of that run (${shown}). If it was of flex-stack, what it made is not known: ` +
              "npx flex-stack drift --unmanaged all --stack dev names what nobody looks after.",
          ]
        : [],
    );
    expect(existsSync(file)).toBe(false);
  },
);

test("without any time, what was made in the last ten minutes is looked for", () => {
  noted("?");
  accountForLostNotes(run, undefined);
  const { lostSince = 0 } = new Journal(file);
  expect(Math.abs(Date.now() - 10 * minute - lostSince)).toBeLessThan(minute);
});

test.each<[string, object[], string[]]>([
  ["of another stack", [{ ...create, urn: mine.replace("dev", "prod") }], []],
  ["of another project", [{ ...create, urn: mine.replace("::p::", "::q::") }], []],
  [
    "of another stack among those of this one",
    [create, { ...create, urn: mine.replace("dev", "prod") }],
    [mine],
  ],
])("notes %s are set aside, and what they replaced is lost", (_whose, notes, left) => {
  keep(at);
  noted(started, ...notes);
  const before = readFileSync(file, "utf8");
  accountForLostNotes(run, undefined);
  expect(told).toEqual([
    `Stack dev: the notes of earlier runs (${shown}) had those of another stack among them: they are in ${shown}.of-another-stack now.`,
    text("missing", new Date(at).toISOString()),
  ]);
  expect(readFileSync(`${file}.of-another-stack`, "utf8")).toBe(before);
  const { all, lostSince } = new Journal(file);
  expect([[...all.keys()], lostSince]).toEqual([left, at]);
});

test.each<[string, () => void, RegExp]>([
  ["a folder", () => mkdirSync(file), /^EISDIR/],
  ["a link in a circle", () => symlinkSync(file, file), /^ELOOP/],
])("%s in its place is refused, with the path and the way on", (_what, make, why) => {
  make();
  let thrown: unknown;
  try {
    accountForLostNotes(run, at);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    what: `The notes of what earlier runs made can't be read: ${file}.`,
    why: expect.stringMatching(why) as unknown,
    fix:
      "Correct its permissions; or, where it is no file, move it away and run it again: " +
      "then it is looked for in the account what was made.",
  });
});

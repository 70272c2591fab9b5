import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Journal } from "./journal.ts";
import { readNotes } from "./notes.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "notes-"));
  file = join(folder, "dev.journal");
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = '{"urn":"","step":"run","at":5}';
const made = '{"urn":"a","step":"made","id":"WQ1"}';
const lost = '{"urn":"","step":"lost","since":7}';

test.each<[string, string, number, boolean]>([
  ["nothing", "", 0, false],
  ["notes, with an empty line where a process began", `${run}\n\n${made}\n`, 2, false],
  ["a last line that was cut short", `${run}\n${made.slice(0, -3)}`, 1, true],
  ["a line that was cut short before others", `${run.slice(0, 9)}\n${made}\n`, 1, true],
  ["what a disk left of it that lost power", `${run}\n${"\0".repeat(90)}\n${made}\n`, 2, true],
  ["other text", "hello\n", 0, true],
  ["JSON that is no note", `[1]\n"a"\nnull\n`, 0, true],
  ["an unknown step", '{"urn":"a","step":"make"}\n', 0, true],
  ["a step of every object", '{"urn":"a","step":"constructor"}\n', 0, true],
  ["no URN", '{"step":"change"}\n', 0, true],
  ["what was made, without its id", '{"urn":"a","step":"made","id":7}\n', 0, true],
  ["a create without a time", '{"urn":"a","step":"create","inputs":{}}\n', 0, true],
  ["a create without inputs", '{"urn":"a","step":"create","started":1,"inputs":[]}\n', 0, true],
  ["a take-over without what was there", '{"urn":"a","step":"takeOver","id":"WQ1"}\n', 0, true],
  ["damage that was accounted for", `hello\n${lost}\n${made}\n`, 2, false],
  ["damage since", `${lost}\nhello\n`, 1, true],
])("a journal with %s", (_what, text, count, damaged) => {
  writeFileSync(file, text);
  const read = readNotes(file);
  expect([read.notes.length, read.damaged, read.unreadable]).toEqual([count, damaged, undefined]);
  expect(new Journal(file).damaged).toBe(damaged);
});

test("one that is not there has no notes; of one that can't be read it is said, and nothing is noted there", () => {
  expect(readNotes(file)).toEqual({ notes: [], damaged: false });
  mkdirSync(file);
  expect(readNotes(file).unreadable).toMatch(/^EISDIR/);
  expect(() => new Journal(file).begin("a", { step: "change" })).toThrow(
    `nothing was sent, because ${file} can't be written: EISDIR`,
  );
});

test("since when notes are missing is known from the earliest of what was found out", () => {
  writeFileSync(file, `${run}\n${lost}\n${lost.replace("7", "6")}\n`);
  const { began, lostSince, complete, noted, all } = new Journal(file);
  expect([began, lostSince, complete, noted, [...all.keys()]]).toEqual([5, 6, false, true, [""]]);
});

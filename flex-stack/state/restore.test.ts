import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { fileState, type FileState } from "./file-state.ts";
import { exportedFrom, keepState, keptCopy, restoreState } from "./restore.ts";

let root: string;
let state: FileState;
let journal: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "restore-"));
  state = stateOf();
  journal = join(root, ".pulumi", "flex-stack", "p.dev.journal");
  mkdirSync(dirname(state.file), { recursive: true });
  mkdirSync(dirname(journal), { recursive: true });
  writeFileSync(join(root, ".pulumi", "meta.yaml"), "version: 1\n");
  writeFileSync(state.file, before);
  keepState(state, journal);
  writeFileSync(journal, '{"urn":"","step":"run"}\n');
  utimesSync(keptCopy(journal), 1000, 1000);
});
afterEach(() => rmSync(root, { recursive: true }));

const stateOf = (): FileState =>
  fileState({ backend: `file://${root}`, projectFolder: "/", project: "p", stack: "dev" })!;
const checkpoint = (...names: string[]): string =>
  JSON.stringify({
    version: 3,
    checkpoint: {
      latest: { resources: names.map((name) => ({ urn: `urn:pulumi:dev::p::t::${name}`, type: "t" })) },
    },
  });
const before = checkpoint();
const saved = checkpoint("a");
const later = checkpoint("a", "b");

/** What a full disk makes of the state and of Pulumi's own copy of it. */
function spoil(text: string, copy: string | undefined): void {
  writeFileSync(state.file, text);
  if (copy === undefined) return;
  writeFileSync(`${state.file}.bak`, copy);
  utimesSync(`${state.file}.bak`, 2000, 2000);
}
const restored = (): unknown => [
  restoreState(state, "dev", journal)?.getTime(),
  readFileSync(state.file, "utf8"),
];

test.each([
  ["is empty", "", saved, 2_000_000, saved],
  ["is cut short", later.slice(0, 90), saved, 2_000_000, saved],
  ["is cut short, and its .bak, too", later.slice(0, 90), saved.slice(0, 50), 1_000_000, before],
  ["is empty, and its .bak, too", "", "", 1_000_000, before],
  ["is cut short, and has no .bak", later.slice(0, 90), undefined, 1_000_000, before],
])("a state that %s gets its newest whole copy", (_, text, copy, time, expected) => {
  spoil(text, copy);
  expect(restored()).toEqual([time, expected]);
  expect(existsSync(`${state.file}.restored`)).toBe(false);
});

test.each([
  ["is whole", later],
  ["was written by a newer Pulumi", '{"version":99,"checkpoint":{}}'],
  ["is of another stack", checkpoint("a").replace("pulumi:dev", "pulumi:prod")],
  ["is something else", "hello"],
])("a state that %s stays as it is", (_, text) => {
  spoil(text, saved);
  expect(restored()).toEqual([undefined, text]);
});

test("where no run of ours noted what it made, nothing is put in the place of a state", () => {
  spoil("", saved);
  rmSync(journal);
  expect(restored()).toEqual([undefined, ""]);
});

test("while a process is at work nothing is put in the place of its state", () => {
  spoil("", saved);
  mkdirSync(state.locks, { recursive: true });
  const lock = {
    pid: process.pid,
    username: "ann",
    hostname: hostname(),
    timestamp: new Date().toISOString(),
  };
  writeFileSync(join(state.locks, "1.json"), JSON.stringify(lock));
  expect(restored()).toEqual([undefined, ""]);
});

test.each([
  ["gz", gzipSync],
  ["zst", zstdCompressSync],
])("a state packed as .%s is restored from packed copies", (extension, pack) => {
  writeFileSync(`${state.file}.${extension}`, pack(later).subarray(0, 40));
  rmSync(state.file);
  state = stateOf();
  expect(state.file).toMatch(new RegExp(`dev\\.json\\.${extension}$`));
  writeFileSync(`${state.file}.bak`, pack(saved));
  expect(restoreState(state, "dev", journal)).toBeDefined();
  expect(JSON.parse(exportedFrom(state.file))).toEqual({
    version: 3,
    deployment: { resources: [{ urn: "urn:pulumi:dev::p::t::a", type: "t" }] },
  });
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Failure } from "../failure/failure.ts";
import { fileState, type FileState } from "./file-state.ts";
import { realDisk, requireRoom, whyUnwritable, type Disk } from "./room.ts";

let root: string;
let state: FileState;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "room-"));
  state = fileState({ backend: `file://${root}`, projectFolder: "/", project: "p", stack: "dev" })!;
});
afterEach(() => rmSync(root, { recursive: true }));

const plenty = { blocks: 1e6, bavail: 1e6, bsize: 4096, files: 1e6, ffree: 1e6 };
const disk = (found: Partial<typeof plenty>): Disk => ({
  ...realDisk,
  statfs: () => ({ ...plenty, ...found }),
});
const failing = (code: string): Disk => ({
  ...realDisk,
  tryWrite: () => Promise.reject(Object.assign(new Error(code), { code })),
});

const refusal = (
  found: Partial<typeof plenty>,
): Pick<Failure, "what" | "why" | "fix" | "exitCode"> | undefined => {
  try {
    requireRoom(state, disk(found));
    return undefined;
  } catch (error) {
    const { what, why, fix, exitCode } = error as Failure;
    return { what, why, fix, exitCode };
  }
};

test("a run does not begin where nearly nothing is left", () => {
  expect(refusal({ bavail: 100 })).toEqual({
    what: `There is no room to record what would be done: the disk of ${root} is nearly full.`,
    why: "410 kB are left; the state and its copies may need 1.0 MB.",
    fix: "Make room there, then run it again. Nothing was done.",
    exitCode: 1,
  });
  expect(refusal({ bavail: 0 })?.what).toMatch(/ is full\.$/);
  expect(refusal({ ffree: 3 })).toMatchObject({ why: "It takes 3 more files." });
});

test("what is needed grows with the state", () => {
  expect(refusal({ bavail: 300 })).toBeUndefined();
  mkdirSync(dirname(state.file), { recursive: true });
  writeFileSync(state.file, "x".repeat(500_000));
  expect(refusal({ bavail: 300 })?.why).toBe("1.2 MB are left; the state and its copies may need 3.0 MB.");
});

test.each([
  ["has plenty", {}],
  ["does not say how large it is", { blocks: 0, bavail: 0 }],
  ["counts no files", { files: 0, ffree: 0 }],
])("a disk that %s is fine", (_, found) => {
  expect(refusal(found)).toBeUndefined();
});

test.each([
  ["ENOSPC", "the disk is full", "Make room there"],
  ["EDQUOT", "your share of the disk is used up", "Make room there"],
  ["EROFS", "the disk is read-only", "Make it writable"],
  ["EACCES", "you have no right to write there", "Correct the permissions"],
  ["EIO", "the disk fails", "Look after the disk"],
])("%s: %s", async (code, why, way) => {
  expect(await whyUnwritable(state, failing(code))).toEqual({ folder: root, why, way });
});

test("an error of another kind is no reason to stop anything", async () => {
  expect(await whyUnwritable(state, failing("EMFILE"))).toBeUndefined();
});

test("a try writes where the state is, as much as the state, and leaves nothing", async () => {
  mkdirSync(dirname(state.file), { recursive: true });
  writeFileSync(state.file, "x".repeat(500_000));
  let tried: [string, number] | undefined;
  const tryWrite: Disk["tryWrite"] = (file, size) => {
    tried = [dirname(file), size];
    return realDisk.tryWrite(file, size);
  };
  expect(await whyUnwritable(state, { ...realDisk, tryWrite })).toBeUndefined();
  expect(tried).toEqual([dirname(state.file), 516_384]);
  expect(readdirSync(dirname(state.file))).toEqual(["dev.json"]);
});

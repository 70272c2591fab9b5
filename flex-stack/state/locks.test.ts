import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readLocks, settleLocks } from "./locks.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "locks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const since = "2026-11-24T10:00:00.123456789+01:00";
const lock = (pid: number, host = hostname(), timestamp = since): string =>
  JSON.stringify({ pid, username: "ann", hostname: host, timestamp });
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
/** The number of a process that has ended. */
const ended = (): number => Number(execFileSync("/bin/sh", ["-c", "echo $$"], { encoding: "utf8" }));
const settle = async (patience = 0): Promise<string[]> => {
  const told: string[] = [];
  const signal = new AbortController().signal;
  await settleLocks(folder, { tell: (text) => void told.push(text), signal, patience });
  return told;
};

test("the lock of a process that was killed is taken away, and that is said", async () => {
  const pid = ended();
  write("a.json", lock(pid));
  write("a.json.attrs", "");
  expect(await settle()).toEqual([
    `An earlier run was killed before it unlocked this stack (process ${pid} of ann@${hostname()}, since ` +
      "2026-11-24T10:00:00+01:00): going on in its place.",
  ]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a process that got the same number later is not the one that locked", async () => {
  write("a.json", lock(process.pid));
  expect(readLocks(folder)[0]?.kind).toBe("ended");
  write("a.json", lock(process.pid, hostname(), new Date().toISOString()));
  expect(readLocks(folder)[0]?.kind).toBe("running");
});

test("a lock of another machine stays, whatever its process here", async () => {
  write("a.json", lock(ended(), "elsewhere"));
  expect(await settle(5000)).toEqual([]);
  expect(readLocks(folder)[0]?.kind).toBe("elsewhere");
});

test.each(["", '{"pid": 12', "null", "[]"])(
  "a lock that holds %j goes once nobody can be writing it",
  async (text) => {
    write("a.json", text);
    expect(await settle()).toEqual([]);
    expect(existsSync(join(folder, "a.json"))).toBe(true);
    utimesSync(join(folder, "a.json"), new Date(), new Date(Date.now() - 3000));
    expect(await settle()).toEqual([
      "A lock of this stack that was written in part only was taken away: whoever began it was cut short.",
    ]);
  },
);

test("a process at work is waited for, and its lock taken away when it is killed", async () => {
  const child = spawn("sleep", ["30"]);
  write("a.json", lock(child.pid ?? 0, hostname(), new Date().toISOString()));
  setTimeout(() => child.kill("SIGKILL"), 400);
  const [waiting, taken] = await settle(20_000);
  expect(waiting).toMatch(
    /^Process \d+ of ann@\S+ works on this stack since \S+: waiting up to 20 seconds for it to end\.$/,
  );
  expect(taken).toMatch(/^An earlier run was killed/);
});

test("a process at work keeps its lock when patience ends", async () => {
  write("a.json", lock(process.pid, hostname(), new Date().toISOString()));
  expect(await settle(300)).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(["a.json"]);
});

test("two that settle at once take away the same, and no lock that was made since", async () => {
  write("a.json", lock(ended()));
  const both = Promise.all([settle(), settle()]);
  write("b.json", lock(process.pid, hostname(), new Date().toISOString()));
  await both;
  expect(readdirSync(folder)).toEqual(["b.json"]);
});

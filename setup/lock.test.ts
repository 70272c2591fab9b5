import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { withLock } from "./lock.mjs";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(folder, "below", "a.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Leaves the lock file of another process. */
function leave(text: string): void {
  mkdirSync(join(folder, "below"));
  writeFileSync(file, text);
}

test("the second waits for the first, and is told who that is", async () => {
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const waiting = Promise.withResolvers<string>();
  const one = withLock(file, async () => {
    await first.promise;
    done.push("one");
  });
  const two = withLock(file, async () => void done.push("two"), { onWait: waiting.resolve });
  expect(await waiting.promise).toBe(`process ${process.pid}`);
  expect(done).toEqual([]);
  first.resolve();
  await Promise.all([one, two]);
  expect(done).toEqual(["one", "two"]);
  expect(existsSync(file)).toBe(false);
});

test("a failure gives the lock back and comes through", async () => {
  await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("the lock of a process that ended is taken over", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  leave(JSON.stringify({ pid, host: hostname() }));
  expect(await withLock(file, async () => "mine")).toBe("mine");
});

test.each([
  ["without a word", ""],
  ["on another machine", JSON.stringify({ pid: 1, host: "elsewhere.invalid" })],
])("a lock left %s is taken over when nobody has touched it for a minute", async (_, text) => {
  leave(text);
  const before = new Date(Date.now() - 61_000);
  utimesSync(file, before, before);
  expect(await withLock(file, async () => "mine")).toBe("mine");
});

test("the wait ends when it is told to", async () => {
  leave(JSON.stringify({ pid: 1, host: "elsewhere.invalid" }));
  const stop = new AbortController();
  const waiting = withLock(file, () => Promise.reject(new Error("not reached")), {
    signal: stop.signal,
    onWait: () => stop.abort(),
  });
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(existsSync(file)).toBe(true);
});

test("a lock that can't be read is a failure, not a wait", async () => {
  mkdirSync(file, { recursive: true });
  await expect(withLock(file, async () => undefined)).rejects.toMatchObject({ code: "EISDIR" });
});

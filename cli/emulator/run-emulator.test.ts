import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { runEmulator } from "./run-emulator.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-emulator-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Fails as soon as it is told something. */
const broken: Dialogue = {
  live: false,
  interactive: false,
  columns: 80,
  print: () => {
    throw new Error("write EPIPE");
  },
  complain: () => undefined,
  style: (_, text) => text,
  ask: () => Promise.reject(new Error("nobody")),
};

const options = {
  host: "127.0.0.1",
  port: 0,
  verbose: false,
  numberUrl: true,
  sink: false as const,
  empty: false,
  reset: false,
  yes: false,
};

test("a new database that has its account stays, whatever fails later", async () => {
  const file = join(folder, "twilio.db");
  const running = runEmulator({ ...options, cwd: folder, file, taskRemovalDelay: 5 }, broken);
  await expect(running).rejects.toThrow("write EPIPE");
  expect(existsSync(file)).toBe(true);
});

test("one that never got its account does not stay", async () => {
  const file = join(folder, "twilio.db");
  const seed = join(folder, "seed.json");
  const calls = [{ url: "https://taskrouter.twilio.com/v1/Workspaces", form: { FriendlyName: "" } }];
  writeFileSync(seed, JSON.stringify({ calls }));
  const running = runEmulator({ ...options, cwd: folder, file, seed, taskRemovalDelay: 5 }, broken);
  await expect(running).rejects.toThrow();
  expect(existsSync(file)).toBe(false);
});

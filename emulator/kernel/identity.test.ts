import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startEmulator } from "../index.ts";
import { identityOf, localTwilioName, localTwilioVersion } from "./identity.ts";
import { Store } from "./store.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "identity-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function healthOf(file: string): Promise<Record<string, unknown>> {
  const emulator = await startEmulator({ file, port: 0, seed: "empty" });
  try {
    const answer = await fetch(`${emulator.url}/_emulator/health`);
    const health = (await answer.json()) as Record<string, unknown>;
    expect(health["identity"]).toBe(emulator.identity);
    return health;
  } finally {
    await emulator.close();
  }
}

test("an identity belongs to the database: it stays with it, and another one has another", async () => {
  const [file, other] = [join(folder, "one.db"), join(folder, "two.db")];
  const first = await healthOf(file);
  expect(first).toMatchObject({ status: "ok", name: localTwilioName, version: localTwilioVersion });
  expect(first["identity"]).toMatch(/^[0-9a-f]{32}$/);
  expect((await healthOf(file))["identity"]).toBe(first["identity"]);
  expect((await healthOf(other))["identity"]).not.toBe(first["identity"]);
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  expect((await healthOf(file))["identity"]).not.toBe(first["identity"]);
});

test("a database from before there were identities gets one that stays", async () => {
  const file = join(folder, "old.db");
  await healthOf(file);
  const database = new DatabaseSync(file);
  database.exec("DELETE FROM settings WHERE name = 'identity'");
  database.close();
  const { identity } = await healthOf(file);
  expect(identity).toMatch(/^[0-9a-f]{32}$/);
  const store = new Store(file);
  expect(identityOf(store)).toBe(identity);
  store.close();
});

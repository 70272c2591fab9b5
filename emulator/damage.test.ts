import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startEmulator } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "damage-"));
  await (await startEmulator({ file: join(folder, "good.db"), port: 0 })).close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const cut = (size: number) => (file: string) => truncateSync(file, size);
const change = (sql: string) => (file: string) => {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
};
const bytes = (edit: (content: Buffer) => unknown) => (file: string) => {
  const content = readFileSync(file);
  edit(content);
  writeFileSync(file, content);
};
const damaged = /^\/\S+twilio\.db is damaged \(.+\)\. Put a copy of it back, or delete it.* account/;

const damages: readonly [way: string, damage: (file: string) => void, told: RegExp][] = [
  [
    "text",
    (file) => writeFileSync(file, "hello ".repeat(1000)),
    /is not a local Twilio database\. Delete it or choose/,
  ],
  [
    "other magic",
    bytes((content) => content.write("XXXX", 0)),
    /is not a local Twilio database\. Delete it or choose/,
  ],
  ["cut to 100 bytes", cut(100), damaged],
  ["cut to one page", cut(4096), damaged],
  ["cut within a page", cut(10_000), damaged],
  ["an empty page", bytes((content) => content.fill(0, 4096, 8192)), damaged],
  [
    "noise",
    bytes((content) => content.forEach((byte, at) => at > 8192 && at % 7 === 0 && (content[at] = byte ^ 90))),
    damaged,
  ],
  ["without a table", change("DROP TABLE documents"), damaged],
  ["without settings", change("DROP TABLE settings"), damaged],
  ["without a column", change("ALTER TABLE documents DROP COLUMN revision"), damaged],
  ["without its account", change("DELETE FROM documents WHERE kind = 'api.Account'"), damaged],
  [
    "an account that is no JSON",
    change("UPDATE documents SET fields = '{' WHERE kind = 'api.Account'"),
    damaged,
  ],
  [
    "of another program",
    change("PRAGMA application_id = 7"),
    /is a database of another program\. Choose another file\./,
  ],
  [
    "of a newer format",
    change("PRAGMA user_version = 99"),
    /was written by a newer local Twilio \(format 99/,
  ],
  [
    "a folder",
    (file) => (rmSync(file), mkdirSync(file)),
    /can't be opened: unable to open database file\. Check the path/,
  ],
  [
    "a folder for its journal",
    (file) => mkdirSync(`${file}-wal`),
    /can't be opened: unable to open database file\. Check/,
  ],
];

test.each(damages)(
  "a database that is %s is refused in one sentence with its path",
  async (way, damage, told) => {
    const place = join(folder, way.replaceAll(" ", "-"));
    mkdirSync(place);
    const file = join(place, "twilio.db");
    copyFileSync(join(folder, "good.db"), file);
    damage(file);
    const error = await startEmulator({ file, port: 0 }).then(
      (emulator) => emulator.close().then(() => new Error("It started")),
      (thrown: unknown) => thrown as Error,
    );
    expect(error.message).toMatch(told);
    expect(error.message.startsWith(file)).toBe(true);
  },
);

import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startEmulator } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "damage-"));
  chmodSync(folder, 0o755);
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
  [
    "of SQLite, but of no program in particular",
    change("PRAGMA application_id = 0; PRAGMA user_version = 0"),
    /is a database of another program\. Choose another file\./,
  ],
  ["of a format that never was", change("PRAGMA user_version = 0"), damaged],
  [
    "a link that leads nowhere",
    (file) => (rmSync(file), symlinkSync("gone/away.db", file)),
    /is a link that leads nowhere \(gone\/away\.db\)\. Bring back what it leads to, or delete the link\.$/,
  ],
  [
    "a link to a folder",
    (file) => (rmSync(file), symlinkSync(".", file)),
    /can't be opened: unable to open database file\. Check the path and its permissions\.$/,
  ],
  [
    "with noise for its journal",
    (file) => writeFileSync(`${file}-wal`, "hello ".repeat(1000)),
    /-wal is damaged \(it is no journal of SQLite\): .* delete it to go on without that\.$/,
  ],
  ["with the journal of another database", (file) => copyFileSync(strangeJournal(), `${file}-wal`), damaged],
];

/** What permissions keep from it. */
const forbidden: typeof damages = [
  [
    "not to be written",
    (file) => chmodSync(file, 0o444),
    /can't be written: it or its folder is read-only\. Correct the permissions, or choose another file\.$/,
  ],
  [
    "in a folder that is not to be written",
    (file) => (chmodSync(file, 0o666), chmodSync(dirname(file), 0o555)),
    /can't be written: it or its folder is read-only\. Correct the permissions, or choose another file\.$/,
  ],
  [
    "not to be read",
    (file) => chmodSync(file, 0o000),
    /can't be opened: you have no right to read it\. Correct its permissions\.$/,
  ],
];

/** The journal that a killed process left beside another database: whole, with other pages. */
function strangeJournal(): string {
  const file = join(folder, "strange.db");
  if (!existsSync(`${file}.kept`)) {
    const other = new DatabaseSync(file);
    other.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (a)");
    for (let index = 0; index < 300; index++)
      other.exec(`INSERT INTO t VALUES ('${String(index).repeat(50)}')`);
    copyFileSync(`${file}-wal`, `${file}.kept`);
    other.close();
  }
  return `${file}.kept`;
}

/** Runs as somebody whom permissions bind: they don't bind root, as which containers run tests. */
async function bound<T>(work: () => Promise<T>): Promise<T> {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

test.each([...damages, ...forbidden])(
  "a database that is %s is refused in one sentence with its path",
  async (way, damage, told) => {
    const place = join(folder, way.replaceAll(" ", "-"));
    mkdirSync(place);
    const file = join(place, "twilio.db");
    copyFileSync(join(folder, "good.db"), file);
    damage(file);
    const start = () => startEmulator({ file, port: 0 });
    const error = await (forbidden.some(([name]) => name === way) ? bound(start) : start()).then(
      (emulator) => emulator.close().then(() => new Error("It started")),
      (thrown: unknown) => thrown as Error,
    );
    chmodSync(place, 0o755);
    expect(error.message).toMatch(told);
    expect(error.message.startsWith(file)).toBe(true);
    // Nothing is made worse by looking.
    if (way.includes("journal of another")) {
      rmSync(`${file}-wal`);
      await (await startEmulator({ file, port: 0 })).close();
    }
  },
);

test("noise for its shared memory changes nothing: one process alone has the file and needs none", async () => {
  const file = join(folder, "shm.db");
  copyFileSync(join(folder, "good.db"), file);
  writeFileSync(`${file}-shm`, "hello ".repeat(1000));
  const emulator = await startEmulator({ file, port: 0 });
  await emulator.close();
  expect(emulator.accountSid).toBe("AC10ca1000000000000000000000000000");
});

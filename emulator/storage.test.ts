import { mkdtempSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { localTwilio } from "../tests/support/localTwilio.ts";
import { type Emulator, startEmulator, StorageFault } from "./index.ts";

let folder: string;
let file: string;
let emulator: Emulator;
let database: DatabaseSync;
let requests: string[];
let told: unknown[];
let now: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "storage-"));
  file = join(folder, "twilio.db");
  [requests, told, now] = [[], [], Date.now()];
  emulator = await startEmulator({
    file,
    port: 0,
    clock: () => now,
    onError: (error) => told.push(error),
    onOpen: (opened) => (database = opened),
    onExchange: ({ method, status }) => requests.push(`${method} ${status}`),
  });
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** Lets the database have no page more than it has: SQLite then says what it says of a full disk. */
function fill(): void {
  database.exec("VACUUM");
  database.exec(
    `PRAGMA max_page_count = ${String(database.prepare("PRAGMA page_count").get()?.["page_count"])}`,
  );
}
const makeRoom = (): void => database.exec("PRAGMA max_page_count = 100000");
const chat = () => localTwilio(emulator).chat.v2;
/** More than a page. */
const long = "x".repeat(10_000);

const full = (): string =>
  `The local Twilio can't write ${file}: the disk is full. Nothing was changed, and reads go on. Make room there, then run it again.`;
const readOnly = (): string =>
  `The local Twilio can't write ${file}: it or its folder is read-only. Nothing was changed, and reads go on. Correct the permissions, then run it again.`;

test.each([
  ["on a full disk", fill, makeRoom, full],
  [
    "that became read-only",
    () => database.exec("PRAGMA query_only = ON"),
    () => database.exec("PRAGMA query_only = OFF"),
    readOnly,
  ],
])(
  "a write to a database %s is refused once, with 507; reads go on, and writes when they can",
  async (_, spoil, mend, sentence) => {
    const service = await chat().services.create({ friendlyName: "Before" });
    requests = [];
    spoil();
    const wide = { attributes: JSON.stringify({ long }) };
    for (let index = 0; index < 3; index++) {
      await expect(chat().services(service.sid).channels.create(wide)).rejects.toMatchObject({
        status: 507,
        code: 20507,
        message: sentence(),
      });
    }
    expect((await chat().services(service.sid).fetch()).friendlyName).toBe("Before");
    expect(await chat().services(service.sid).channels.list()).toEqual([]);
    expect(requests).toEqual(["POST 507", "POST 507", "POST 507", "GET 200", "GET 200"]);
    expect(told).toEqual([new StorageFault(sentence())]);
    mend();
    await chat().services(service.sid).channels.create(wide);
    expect(await chat().services(service.sid).channels.list()).toHaveLength(1);
  },
);

test("what is due while the database can't be written stays due, and is done when it can", async () => {
  const { workspaces } = localTwilio(emulator).taskrouter.v1;
  const { sid } = await workspaces.create({ friendlyName: "Due", template: "FIFO" });
  const task = await workspaces(sid).tasks.create({ timeout: 60 });
  database.exec("PRAGMA query_only = ON");
  now += 120_000;
  const status = async () => (await workspaces(sid).tasks(task.sid).fetch()).assignmentStatus;
  expect(await status()).toBe("pending");
  const moved = await fetch(`${emulator.url}/_emulator/clock`, { method: "POST", body: '{"advance":1}' });
  expect([moved.status, await moved.json()]).toMatchObject([507, { code: 20507, message: readOnly() }]);
  expect(told).toEqual([new StorageFault(readOnly())]);
  database.exec("PRAGMA query_only = OFF");
  expect(await status()).toBe("canceled");
});

test("a page that is broken when a later request comes to it is told with its file, without a retry", async () => {
  const service = await chat().services.create({ friendlyName: "Wide" });
  for (let index = 0; index < 8; index++)
    await chat()
      .services(service.sid)
      .channels.create({ attributes: JSON.stringify({ long }) });
  database.exec("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory; PRAGMA cache_size = 0");
  requests = [];
  truncateSync(file, statSync(file).size - 30_000);
  await expect(chat().services(service.sid).channels.list()).rejects.toMatchObject({
    status: 507,
    message: expect.stringMatching(
      /^(The local Twilio can't use )?\S+twilio\.db( is damaged \(|: disk I\/O error)/,
    ),
  });
  expect(requests).toEqual(["GET 507"]);
  expect(told).toEqual([expect.any(StorageFault)]);
});

test("a resource that is no JSON any more is told with its file", async () => {
  const service = await chat().services.create({ friendlyName: "Torn" });
  database.prepare("UPDATE documents SET fields = '{' WHERE sid = ?").run(service.sid);
  await expect(chat().services(service.sid).fetch()).rejects.toMatchObject({
    status: 507,
    message: expect.stringContaining(
      `${file} is damaged (what it holds of chat.Service ${service.sid} is no JSON). Stop the local Twilio and put a copy`,
    ),
  });
});

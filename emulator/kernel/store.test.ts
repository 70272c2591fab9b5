import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Store } from "./store.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const row = (sid: string, parent = "AC1") => ({
  kind: "Thing",
  sid,
  account_sid: "AC1",
  parent_sid: parent,
  created: 1,
  updated: 1,
  revision: 0,
  fields: "{}",
});
const unique = (value: string) => ({ scope: "AC1", name: "name", value, unique: true });
const scan = { kind: "Thing", parent: "AC1", descending: false, limit: 10 };

describe("file", () => {
  test("is made with its folders, and read again", () => {
    const file = join(folder, "new", "folder", "twilio.db");
    const first = new Store(file);
    first.insert(row("TH1"), [unique("one")]);
    first.setSetting("clock offset", "5");
    first.close();
    const second = new Store(file);
    expect(second.byUniqueKey("Thing", "AC1", "name", "one")?.sid).toBe("TH1");
    expect(second.clockOffset.read()).toBe(5);
    second.close();
  });

  test("counts what a parent has, of one kind", () => {
    const store = new Store(join(folder, "counted.db"));
    store.insert(row("TH1"), []);
    store.insert(row("TH2"), []);
    store.insert(row("TH3", "AC2"), []);
    store.insert({ ...row("OT1"), kind: "Other" }, []);
    expect([store.count("Thing", "AC1"), store.count("Thing", "AC3")]).toEqual([2, 0]);
    store.close();
  });

  test("that is in use says so", () => {
    const file = join(folder, "used.db");
    const first = new Store(file);
    expect(() => new Store(file)).toThrow(
      `${file} is in use by another process, most likely another local Twilio. Stop that one`,
    );
    first.close();
    new Store(file).close();
  });

  test("of a newer version says so, and is left alone", () => {
    const file = join(folder, "newer.db");
    new Store(file).close();
    const raw = new DatabaseSync(file);
    raw.exec("PRAGMA user_version = 99");
    raw.close();
    expect(() => new Store(file)).toThrow(
      `${file} was written by a newer local Twilio (format 99, this one reads up to 2). Update`,
    );
    const again = new DatabaseSync(file);
    expect(again.prepare("PRAGMA user_version").get()).toMatchObject({ user_version: 99 });
    again.close();
  });

  test("of version 1 is brought up to date, with what is in it", () => {
    const file = join(folder, "older.db");
    const first = new Store(file);
    first.insert(row("TH1"), []);
    first.close();
    const raw = new DatabaseSync(file);
    raw.exec("DROP TABLE due; PRAGMA user_version = 1");
    raw.close();
    const second = new Store(file);
    second.setDue(second.bySid("Thing", "TH1")?.seq ?? 0, 5);
    expect(second.nextDue()).toMatchObject({ at: 5, row: { sid: "TH1" } });
    second.close();
  });

  test("of another program says so", () => {
    const file = join(folder, "other.db");
    const raw = new DatabaseSync(file);
    raw.exec("CREATE TABLE cats (name TEXT)");
    raw.close();
    expect(() => new Store(file)).toThrow(`${file} is a database of another program. Choose another file.`);
  });

  test("that is no database says so", () => {
    const file = join(folder, "text.db");
    writeFileSync(file, "not a database, but long enough to be looked at by SQLite".repeat(20));
    expect(() => new Store(file)).toThrow(
      `${file} is not a local Twilio database. Delete it or choose another file.`,
    );
  });

  test("that is a folder says so", () => {
    expect(() => new Store(folder)).toThrow(`${folder} can't be opened: unable to open database file. Check`);
  });
});

describe("transaction", () => {
  test("undoes everything when it throws, also what nested ones did", () => {
    const store = new Store(":memory:");
    expect(() =>
      store.transaction(() => {
        store.insert(row("TH1"), []);
        store.transaction(() => store.insert(row("TH2"), []));
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(store.scan(scan)).toEqual([]);
    store.transaction(() => store.insert(row("TH3"), []));
    expect(store.scan(scan).map(({ sid }) => sid)).toEqual(["TH3"]);
    store.close();
  });
});

describe("keys", () => {
  test("unique ones are held by one row, and free once it is gone", () => {
    const store = new Store(":memory:");
    store.insert(row("TH1"), [unique("one")]);
    expect(() => store.insert(row("TH2"), [unique("one")])).toThrow("UNIQUE");
    store.insert(row("TH3"), [{ ...unique("one"), scope: "AC2" }]);
    const first = store.bySid("Thing", "TH1");
    if (first !== undefined) store.delete(first);
    store.insert(row("TH4"), [unique("one")]);
    expect(store.byUniqueKey("Thing", "AC1", "name", "one")?.sid).toBe("TH4");
    store.close();
  });
});

describe("delete", () => {
  test("takes all descendants along and nothing else", () => {
    const store = new Store(":memory:");
    for (const [sid, parent] of [
      ["TH1", "AC1"],
      ["TH2", "TH1"],
      ["TH3", "TH2"],
      ["TH4", "AC1"],
      ["TH5", "TH4"],
    ] as const) {
      store.insert(row(sid, parent), [unique(sid)]);
    }
    const top = store.bySid("Thing", "TH1");
    if (top !== undefined) store.delete(top);
    expect(["TH1", "TH2", "TH3", "TH4", "TH5"].filter((sid) => store.bySid("Thing", sid))).toEqual([
      "TH4",
      "TH5",
    ]);
    expect(store.byUniqueKey("Thing", "AC1", "name", "TH3")).toBeUndefined();
    store.close();
  });
});

test("scans both ways, by key, from a place, and never uses a number twice", () => {
  const store = new Store(":memory:");
  const numbers = ["a", "b", "c", "d"].map((sid, index) =>
    store.insert(row(sid), [{ scope: "AC1", name: "parity", value: String(index % 2), unique: false }]),
  );
  const sids = (options: object): string[] => store.scan({ ...scan, ...options }).map(({ sid }) => sid);
  expect(sids({})).toEqual(["a", "b", "c", "d"]);
  expect(sids({ limit: 2 })).toEqual(["a", "b"]);
  expect(sids({ from: numbers[1] })).toEqual(["c", "d"]);
  expect(sids({ descending: true })).toEqual(["d", "c", "b", "a"]);
  expect(sids({ descending: true, from: numbers[2] })).toEqual(["b", "a"]);
  expect(sids({ key: { name: "parity", value: "1" } })).toEqual(["b", "d"]);
  expect(sids({ key: { name: "parity", value: "1" }, descending: true, from: numbers[3] })).toEqual(["b"]);
  const last = store.bySid("Thing", "d");
  if (last !== undefined) store.delete(last);
  expect(store.insert(row("e"), [])).toBe(5);
  store.close();
});

describe("what is due", () => {
  test("comes by time, then by age; a change or deletion of the resource counts", () => {
    const store = new Store(":memory:");
    const [first = 0, second = 0, third = 0] = ["TH1", "TH2", "TH3"].map((sid) => store.insert(row(sid), []));
    expect(store.nextDue()).toBeUndefined();
    store.setDue(third, 10);
    store.setDue(second, 10);
    store.setDue(first, 20);
    expect(store.nextDue()).toMatchObject({ at: 10, row: { sid: "TH2" } });
    store.setDue(second, 30);
    expect(store.nextDue()).toMatchObject({ at: 10, row: { sid: "TH3" } });
    store.delete({ seq: third, ...row("TH3") });
    expect(store.nextDue()).toMatchObject({ at: 20, row: { sid: "TH1" } });
    store.setDue(first, undefined);
    expect(store.nextDue()).toMatchObject({ at: 30, row: { sid: "TH2" } });
    store.close();
  });
});

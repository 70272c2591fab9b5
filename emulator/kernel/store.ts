import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { OffsetStore } from "./clock.ts";
import { databaseMark, missingRight, requireUsable } from "./databaseFile.ts";
import type { Row } from "./row.ts";
import { RowCache } from "./rowCache.ts";
import { explainDamage, sqliteCode } from "./storageFault.ts";

const schemaVersion = 2;

/**
 * One row per resource. `keys` holds what a resource is found by apart from its SID: unique keys, backed by a
 * UNIQUE index, and plain ones that list filters use. `parent_sid` is the account's SID for top-level resources.
 */
const schema = `
  CREATE TABLE documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    sid TEXT NOT NULL,
    account_sid TEXT NOT NULL,
    parent_sid TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    fields TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX documents_by_sid ON documents (sid, kind);
  CREATE INDEX documents_by_parent ON documents (parent_sid, kind, seq);
  CREATE TABLE keys (
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    is_unique INTEGER NOT NULL,
    PRIMARY KEY (kind, scope, name, value, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX unique_keys ON keys (kind, scope, name, value) WHERE is_unique = 1;
  CREATE INDEX keys_by_document ON keys (seq);
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Since version 2: when something is next to be done with a resource, in milliseconds since 1970. */
const dueSchema = `
  CREATE TABLE due (
    seq INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX due_by_time ON due (at, seq);
`;

/** Made where it is missing: for what looks at everything of a kind, wherever it lies. */
const kindIndex = "CREATE INDEX IF NOT EXISTS documents_by_kind ON documents (kind, seq)";

/** What a resource can be found by: `name` = `value` within `scope` (a parent's or an account's SID). */
export interface Key {
  readonly scope: string;
  readonly name: string;
  readonly value: string;
  readonly unique: boolean;
}

/** Which rows to read: children of `parent`, by key when given, after (or before) `seq`. */
export interface Scan {
  readonly kind: string;
  readonly parent: string;
  readonly key?: { readonly name: string; readonly value: string };
  readonly from?: number;
  readonly descending: boolean;
  readonly limit: number;
}

/** The SQLite file. Everything here is synchronous: a request runs to its end before the next one starts. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #cache = new RowCache();
  #depth = 0;

  /** @throws Error saying what to do when the file is in use, of a newer version, or no such database. */
  constructor(file: string) {
    this.#database = open(file);
  }

  /** The database itself, for tests that break it. */
  get database(): DatabaseSync {
    this.#cache.clear();
    return this.#database;
  }

  /** Runs `work` in a transaction, or within the one that is under way; any throw undoes all of it. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#statement("BEGIN IMMEDIATE").run();
    this.#depth++;
    try {
      const result = work();
      this.#statement("COMMIT").run();
      return result;
    } catch (error) {
      this.#cache.clear();
      // A failed COMMIT (a full disk) may have rolled back by itself.
      if (this.#database.isTransaction) this.#statement("ROLLBACK").run();
      throw error;
    } finally {
      this.#depth--;
    }
  }

  bySid(kind: string, sid: string): Row | undefined {
    return this.#cache.row(
      kind,
      sid,
      () =>
        this.#statement("SELECT * FROM documents WHERE sid = ? AND kind = ?").get(sid, kind) as
          Row | undefined,
    );
  }

  byUniqueKey(kind: string, scope: string, name: string, value: string): Row | undefined {
    const [row] = this.#cache.list(
      kind,
      JSON.stringify([scope, name, value]),
      () =>
        this.#statement(
          `SELECT documents.* FROM keys JOIN documents USING (seq)
           WHERE keys.kind = ? AND scope = ? AND name = ? AND value = ? AND is_unique = 1`,
        ).all(kind, scope, name, value) as unknown as Row[],
    );
    return row;
  }

  /** Asks what no method here does; it must only read. */
  read<R extends object>(query: string, ...values: (string | number)[]): R[] {
    return this.#statement(query).all(...values) as unknown as R[];
  }

  /** How many of a kind a parent has. */
  count(kind: string, parent: string): number {
    const row = this.#statement("SELECT COUNT(*) AS count FROM documents WHERE parent_sid = ? AND kind = ?");
    return Number((row.get(parent, kind) as { count: number | bigint }).count);
  }

  scan(scan: Scan): readonly Row[] {
    const { kind, parent, key, from, descending, limit } = scan;
    const name = JSON.stringify([parent, key?.name, key?.value, from, descending, limit]);
    return this.#cache.list(kind, name, () => this.#scan(scan));
  }

  #scan({ kind, parent, key, from, descending, limit }: Scan): Row[] {
    const [compare, order, start] = descending ? ["<", "DESC", Number.MAX_SAFE_INTEGER] : [">", "ASC", 0];
    if (key === undefined) {
      return this.#statement(
        `SELECT * FROM documents WHERE parent_sid = ? AND kind = ? AND seq ${compare} ? ORDER BY seq ${order} LIMIT ?`,
      ).all(parent, kind, from ?? start, limit) as unknown as Row[];
    }
    return this.#statement(
      `SELECT documents.* FROM keys JOIN documents USING (seq)
       WHERE keys.kind = ? AND scope = ? AND name = ? AND value = ? AND keys.seq ${compare} ?
       ORDER BY keys.seq ${order} LIMIT ?`,
    ).all(kind, parent, key.name, key.value, from ?? start, limit) as unknown as Row[];
  }

  insert(row: Omit<Row, "seq">, keys: readonly Key[]): number {
    this.#cache.written(row.kind, row.sid);
    const { lastInsertRowid } = this.#statement(
      `INSERT INTO documents (kind, sid, account_sid, parent_sid, created, updated, revision, fields)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      row.kind,
      row.sid,
      row.account_sid,
      row.parent_sid,
      row.created,
      row.updated,
      row.revision,
      row.fields,
    );
    const seq = Number(lastInsertRowid);
    this.#insertKeys(row.kind, seq, keys);
    return seq;
  }

  /** Writes changed fields; `keys` only when they differ from those stored. */
  update(row: Row, keys: readonly Key[] | undefined): void {
    this.#cache.written(row.kind, row.sid);
    this.#statement("UPDATE documents SET updated = ?, revision = ?, fields = ? WHERE seq = ?").run(
      row.updated,
      row.revision,
      row.fields,
      row.seq,
    );
    if (keys === undefined) return;
    this.#statement("DELETE FROM keys WHERE seq = ?").run(row.seq);
    this.#insertKeys(row.kind, row.seq, keys);
  }

  /** Deletes a resource and everything below it. */
  delete(row: Row): void {
    this.#cache.clear();
    this.#statement(
      `WITH RECURSIVE gone (seq, sid) AS (
         VALUES (?, ?)
         UNION SELECT documents.seq, documents.sid FROM documents JOIN gone ON documents.parent_sid = gone.sid
       ) DELETE FROM documents WHERE seq IN (SELECT seq FROM gone)`,
    ).run(row.seq, row.sid);
  }

  /** Sets when something is to be done with a resource; undefined: never. */
  setDue(seq: number, at: number | undefined): void {
    this.#cache.dueWritten(seq, at);
    if (at === undefined) this.#statement("DELETE FROM due WHERE seq = ?").run(seq);
    else {
      this.#statement("INSERT INTO due VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at").run(
        seq,
        Math.ceil(at),
      );
    }
  }

  /** The resource with which something is to be done first, and when. */
  nextDue(): { readonly at: number; readonly row: Row } | undefined {
    return this.#cache.due(() => {
      const found = this.#statement(
        "SELECT at, documents.* FROM due JOIN documents USING (seq) ORDER BY at, seq LIMIT 1",
      ).get() as (Row & { at: number }) | undefined;
      return found === undefined ? undefined : { at: found.at, row: found };
    });
  }

  setting(name: string): string | undefined {
    const row = this.#statement("SELECT value FROM settings WHERE name = ?").get(name);
    return row?.["value"] as string | undefined;
  }

  setSetting(name: string, value: string): void {
    this.#statement(
      "INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    ).run(name, value);
  }

  /** Keeps the clock's offset, in milliseconds. */
  get clockOffset(): OffsetStore {
    return {
      read: () => Number(this.setting("clock offset") ?? 0),
      write: (offset) => this.setSetting("clock offset", String(offset)),
    };
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #insertKeys(kind: string, seq: number, keys: readonly Key[]): void {
    if (keys.length === 0) return;
    // One statement for all: most resources have several.
    this.#statement(`INSERT INTO keys VALUES ${keys.map(() => "(?, ?, ?, ?, ?, ?)").join(", ")}`).run(
      ...keys.flatMap(({ scope, name, value, unique }) => [kind, scope, name, value, seq, unique ? 1 : 0]),
    );
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (file !== ":memory:") requireUsable(file);
    database = new DatabaseSync(file);
    // One process owns the file: SQLite then needs no shared memory and keeps its lock, which kill -9 also frees.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA journal_mode = WAL");
    // An acknowledged write is in the operating system's hands: it outlives the process, if not a power cut.
    database.exec("PRAGMA synchronous = NORMAL");
    database.exec("PRAGMA foreign_keys = ON");
    // In pages: the same few are written again and again, and each move of them into the file waits for the disk.
    database.exec("PRAGMA wal_autocheckpoint = 4000");
    migrate(database, file);
    requireTables(database);
    return database;
  } catch (error) {
    database?.close();
    throw explain(error, file);
  }
}

function migrate(database: DatabaseSync, file: string): void {
  const pragma = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  database.exec("BEGIN EXCLUSIVE");
  const version = pragma("user_version");
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  if (isEmpty) {
    database.exec(schema);
    database.exec(dueSchema);
    database.exec(`PRAGMA application_id = ${databaseMark}; PRAGMA user_version = ${schemaVersion}`);
  } else if (pragma("application_id") !== databaseMark) {
    throw new Error(`${file} is a database of another program. Choose another file.`);
  } else if (version > schemaVersion) {
    throw new Error(
      `${file} was written by a newer local Twilio (format ${version}, this one reads up to ${schemaVersion}). ` +
        "Update this project, or choose another file.",
    );
  } else if (version < 2) {
    database.exec(dueSchema);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
  }
  database.exec(kindIndex);
  database.exec("COMMIT");
}

/** Touches every table and column that is used, so that a damaged file is told of at once. */
function requireTables(database: DatabaseSync): void {
  for (const columns of [
    "seq, kind, sid, account_sid, parent_sid, created, updated, revision, fields FROM documents",
    "kind, scope, name, value, seq, is_unique FROM keys",
    "name, value FROM settings",
    "seq, at FROM due",
  ])
    database.prepare(`SELECT ${columns} LIMIT 1`).get();
}

function explain(error: unknown, file: string): Error {
  const { code, message } = error as { code?: string; message: string };
  if (sqliteCode(error) === 5) {
    return new Error(
      `${file} is in use by another process, most likely another local Twilio. ` +
        "Stop that one, use it through its own address, or choose another file.",
    );
  }
  if (sqliteCode(error) === 26)
    return new Error(`${file} is not a local Twilio database. Delete it or choose another file.`);
  const right = [10, 14].includes(sqliteCode(error) ?? 0) ? missingRight(file) : undefined;
  if (right !== undefined) return right;
  const damage = explainDamage(error, file);
  if (damage !== undefined) return damage;
  // Errors without a code are our own and say enough.
  return code === undefined
    ? (error as Error)
    : new Error(`${file} can't be opened: ${message}. Check the path and its permissions.`);
}

import type { Kernel } from "./kernel.ts";
import type { Masking } from "./masking.ts";
import type { Resource } from "./resource.ts";
import type { Row } from "./row.ts";
import type { Store } from "./store.ts";

/** How many rows a search reads before it answers with what it has: nobody else is answered meanwhile. */
const searchedAtOnce = 5_000;

/** How many things that are due are looked at, before all are that are no housekeeping. */
const dueAtOnce = 500;

/** What people call a stored resource by, in this order. */
const names = [
  "friendly_name",
  "unique_name",
  "identity",
  "phone_number",
  "name",
  "body",
  "event_type",
  "worker_name",
];

/** How long a name is shown, in characters. */
const longestName = 80;

/** A resource in a list of stored ones. */
export interface StoredResource {
  readonly kind: string;
  readonly sid: string;
  /** Its friendly name, or the like; null where it has none. */
  readonly name: string | null;
  /** SID of what encloses it, or of the account. */
  readonly parent: string;
  /** Milliseconds since 1970, as is `updated`. */
  readonly created: number;
  readonly updated: number;
}

/** A page of stored resources, newest first. */
export interface StoredPage {
  readonly resources: readonly StoredResource[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

/** Something that happens by itself later. */
export interface DueResource {
  readonly at: number;
  readonly kind: string;
  readonly sid: string;
  readonly name: string | null;
  /** In words, e.g. `it times out`. */
  readonly what: string;
}

/** Which resources are wanted. */
export interface StoredQuery {
  /** @default every kind */
  readonly kind?: string | undefined;
  /** A SID or its beginning, a name, or any text in a value. */
  readonly search?: string | undefined;
  /** Where a page begins: `next` of the one before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** How many resources have two values in two fields. */
export interface PairCount {
  readonly first: string;
  readonly second: string;
  readonly count: number;
  /** `seq` of the oldest of them. */
  readonly oldest: number;
}

/** What the account holds, for people who look at all of it. */
export class Inventory {
  readonly #store: Store;
  readonly #kernel: Kernel;
  readonly #masking: Masking;
  #counted: { readonly writes: number; readonly counts: ReadonlyMap<string, number> } | undefined;

  constructor(options: { store: Store; kernel: Kernel; masking: Masking }) {
    this.#store = options.store;
    this.#kernel = options.kernel;
    this.#masking = options.masking;
  }

  /** How many of each kind there are. They are counted again after writes only. */
  counts(): ReadonlyMap<string, number> {
    const [{ writes } = { writes: -1 }] = this.#store.read<{ writes: number }>(
      "SELECT total_changes() AS writes",
    );
    if (this.#counted?.writes !== writes) this.#counted = { writes, counts: this.#count() };
    return this.#counted.counts;
  }

  #count(): ReadonlyMap<string, number> {
    const rows = this.#store.read<{ kind: string; count: number }>(
      "SELECT kind, COUNT(*) AS count FROM documents GROUP BY kind ORDER BY kind",
    );
    return new Map(rows.map(({ kind, count }) => [kind, count]));
  }

  /**
   * A page of the resources that are wanted. A search reads so many rows at a time: it may answer with fewer than were
   * asked for, or none, and say where it goes on.
   */
  page({ kind, search, before, limit }: StoredQuery): StoredPage {
    const [where, values] = scope(kind, before);
    if (search === undefined) {
      const rows = this.#store.read<Row>(
        `SELECT * FROM documents ${where} ORDER BY seq DESC LIMIT ?`,
        ...values,
        limit + 1,
      );
      const shown = rows.slice(0, limit);
      return {
        resources: shown.map(summary),
        next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
      };
    }
    const like = `%${escaped(search)}%`;
    // As it stands in JSON, where quotes and line ends are written otherwise.
    const inJson = `%${escaped(JSON.stringify(search).slice(1, -1))}%`;
    const rows = this.#store.read<Row>(
      `SELECT * FROM (SELECT * FROM documents ${where} ORDER BY seq DESC LIMIT ?)
       WHERE sid LIKE ? ESCAPE '\\' OR fields LIKE ? ESCAPE '\\' ORDER BY seq DESC LIMIT ?`,
      ...[...values, searchedAtOnce, like, inJson, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const isFull = rows.length > limit;
    return {
      resources: shown.filter((row) => this.#hasOpenly(row, search)).map(summary),
      next: isFull ? (shown.at(-1)?.seq ?? null) : this.#endOfSearch(where, values),
    };
  }

  /** The stored resource of a SID; of two kinds with one SID, the older one, unless one is named. */
  one(sid: string, kind?: string): Row | undefined {
    const [row] = this.#store.read<Row>(
      `SELECT * FROM documents WHERE sid = ? ${kind === undefined ? "" : "AND kind = ?"} ORDER BY seq LIMIT 1`,
      ...(kind === undefined ? [sid] : [sid, kind]),
    );
    return row;
  }

  /** What a stored row holds, without credentials. */
  fieldsOf(row: Row): unknown {
    return JSON.parse(this.#masking.json(row.fields)) as unknown;
  }

  /** How many of a kind in a parent have which values in two fields, both of them indexed. */
  pairs(kind: string, parent: string, first: string, second: string): PairCount[] {
    return this.#store.read<PairCount>(
      `SELECT one.value AS first, two.value AS second, COUNT(*) AS count, MIN(one.seq) AS oldest
       FROM keys AS one JOIN keys AS two ON two.seq = one.seq AND two.name = ?
       WHERE one.kind = ? AND one.scope = ? AND one.name = ? GROUP BY one.value, two.value`,
      ...[second, kind, parent, first],
    );
  }

  /** When a resource was made, in milliseconds since 1970. */
  createdAt(seq: number): number | undefined {
    return this.#store.read<Row>("SELECT * FROM documents WHERE seq = ?", seq)[0]?.created;
  }

  /** What happens by itself next, soonest first, without what the local Twilio only forgets. */
  due(limit: number): DueResource[] {
    const kinds = [...this.#kernel.resources].flatMap(([kind, { whenDue }]) => (whenDue ? [kind] : []));
    const some = this.#due(`(SELECT * FROM due ORDER BY at, seq LIMIT ${dueAtOnce})`, kinds, limit);
    return some.length > 0 ? some : this.#due("due", kinds, limit);
  }

  #due(table: string, kinds: readonly string[], limit: number): DueResource[] {
    const rows = this.#store.read<Row & { at: number }>(
      `SELECT due.at AS at, documents.* FROM ${table} AS due JOIN documents USING (seq)
       WHERE documents.kind IN (${kinds.map(() => "?").join(", ")}) ORDER BY due.at, due.seq LIMIT ?`,
      ...[...kinds, limit + dueAtOnce],
    );
    const found: DueResource[] = [];
    for (const row of rows) {
      const { kind, sid, name } = summary(row);
      const what = this.#whenDue(row);
      if (what !== "") found.push({ at: row.at, kind, sid, name, what });
      if (found.length >= limit) break;
    }
    return found;
  }

  #whenDue({ kind, sid, account_sid: accountSid }: Row): string {
    const resource = this.#kernel.resources.get(kind) as Resource<object> | undefined;
    return this.#kernel.read(accountSid, (context) => {
      const document = resource && context.of(resource).get(sid);
      return (document && resource.whenDue?.(document, context)) ?? "";
    });
  }

  /** Where a search goes on that found less than a page: behind what it read. */
  #endOfSearch(where: string, values: readonly (string | number)[]): number | null {
    const [last] = this.#store.read<{ seq: number }>(
      `SELECT seq FROM documents ${where} ORDER BY seq DESC LIMIT 1 OFFSET ?`,
      ...values,
      searchedAtOnce - 1,
    );
    return last?.seq ?? null;
  }

  /** Whether a text stands in what may be seen of a row: a search must not find out credentials. */
  #hasOpenly(row: Row, search: string): boolean {
    const wanted = search.toLowerCase();
    return (
      row.sid.toLowerCase().includes(wanted) ||
      this.#masking.json(row.fields).toLowerCase().includes(JSON.stringify(wanted).slice(1, -1))
    );
  }
}

function scope(kind: string | undefined, before: number | undefined): [where: string, (string | number)[]] {
  const from = before ?? Number.MAX_SAFE_INTEGER;
  return kind === undefined ? ["WHERE seq < ?", [from]] : ["WHERE kind = ? AND seq < ?", [kind, from]];
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}

function summary(row: Row): StoredResource {
  const { kind, sid, parent_sid: parent, created, updated } = row;
  return { kind, sid, name: nameOf(row), parent, created, updated };
}

function nameOf({ fields }: Row): string | null {
  const stored = JSON.parse(fields) as Record<string, unknown>;
  const name = names.find((field) => typeof stored[field] === "string" && stored[field] !== "");
  if (name === undefined) return null;
  const text = String(stored[name]);
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}

import type { Row } from "./row.ts";

/** Most rows, and most rows of lists, that are kept; beyond it all are let go. */
const most = 4096;

/** A row with longer fields is not kept, in characters: of these few are asked for again and again. */
const longest = 16_384;

/** A longer list is not kept. */
const longestList = 64;

/**
 * What was read of the database and has not been written since. The one process that owns the file reads it through this, so
 * that it can't be outdated.
 */
export class RowCache {
  readonly #rows = new Map<string, Row | null>();
  readonly #lists = new Map<string, Map<string, readonly Row[]>>();
  #listed = 0;
  #due: { readonly at: number; readonly row: Row } | null | undefined;

  /** One row of a kind, or that there is none. */
  row(kind: string, sid: string, read: () => Row | undefined): Row | undefined {
    const name = `${kind} ${sid}`;
    const known = this.#rows.get(name);
    if (known !== undefined) return known ?? undefined;
    const row = read();
    if (row !== undefined && row.fields.length > longest) return row;
    if (this.#rows.size >= most) this.#rows.clear();
    this.#rows.set(name, row ?? null);
    return row;
  }

  /** @param name Which rows of the kind. */
  list(kind: string, name: string, read: () => readonly Row[]): readonly Row[] {
    const known = this.#lists.get(kind)?.get(name);
    if (known !== undefined) return known;
    const rows = read();
    if (rows.length > longestList || rows.some(({ fields }) => fields.length > longest)) return rows;
    if (this.#listed >= most) this.#forgetLists();
    let lists = this.#lists.get(kind);
    if (lists === undefined) this.#lists.set(kind, (lists = new Map()));
    lists.set(name, rows);
    this.#listed += rows.length + 1;
    return rows;
  }

  /** What is due first. */
  due(read: () => { at: number; row: Row } | undefined): { at: number; row: Row } | undefined {
    if (this.#due === undefined) this.#due = read() ?? null;
    return this.#due ?? undefined;
  }

  /** A row is about to be made or changed. */
  written(kind: string, sid: string): void {
    this.#rows.delete(`${kind} ${sid}`);
    this.#lists.delete(kind);
    if (this.#due?.row.sid === sid && this.#due.row.kind === kind) this.#due = undefined;
  }

  /** When something is due with a row is about to change; undefined: never. */
  dueWritten(seq: number, at: number | undefined): void {
    if (this.#due === undefined) return;
    const stays =
      this.#due === null ? at === undefined : this.#due.row.seq !== seq && (at ?? Infinity) > this.#due.at;
    if (!stays) this.#due = undefined;
  }

  clear(): void {
    this.#rows.clear();
    this.#forgetLists();
    this.#due = undefined;
  }

  #forgetLists(): void {
    this.#lists.clear();
    this.#listed = 0;
  }
}

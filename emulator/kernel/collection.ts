import type { Change, Collection, Context, Input, Where } from "./context.ts";
import type { Document } from "./document.ts";
import type { Resource } from "./resource.ts";
import { DamagedRow } from "./storageFault.ts";
import { fieldsOf, type Row } from "./row.ts";
import type { Key, Scan, Store } from "./store.ts";
import { createFrom, updateFrom } from "./write.ts";

/** Rows read at once while a list is searched: a page of the usual size first, then ever more. */
const firstChunk = 64;
const largestChunk = 1024;

/** The resources of one kind in one account, as the store has them. */
export class StoredCollection<F extends object> implements Collection<F> {
  readonly #resource: Resource<F>;
  readonly #context: Context;
  readonly #store: Store;
  readonly #changed: (change: Change) => void;

  /** @param changed is told of every write, inside its transaction */
  constructor(resource: Resource<F>, context: Context, store: Store, changed: (change: Change) => void) {
    this.#resource = resource;
    this.#context = context;
    this.#store = store;
    this.#changed = changed;
  }

  get(sid: string): Document<F> | undefined {
    return this.#own(this.#store.bySid(this.#resource.kind, sid));
  }

  find(
    field: keyof F & string,
    value: string,
    parentSid: string = this.#context.accountSid,
  ): Document<F> | undefined {
    const key = this.#resource.unique.find((candidate) => candidate.field === field);
    if (key === undefined) throw new Error(`${this.#resource.kind} has no unique field ${field}`);
    const scope = key.within === "account" ? this.#context.accountSid : parentSid;
    const folded = key.ignoreCase === true ? value.toLowerCase() : value;
    return this.#own(this.#store.byUniqueKey(this.#resource.kind, scope, field, folded));
  }

  all(parentSid: string = this.#context.accountSid, where?: Where<F>): Document<F>[] {
    return [...this.scan({ parent: parentSid, descending: false, where })];
  }

  count(parentSid: string = this.#context.accountSid): number {
    return this.#store.count(this.#resource.kind, parentSid);
  }

  *scan(options: {
    parent: string;
    descending: boolean;
    from?: number | undefined;
    where?: Where<F> | undefined;
  }): Generator<Document<F>> {
    const { where } = options;
    const scan: Omit<Scan, "limit"> = {
      kind: this.#resource.kind,
      parent: options.parent,
      descending: options.descending,
    };
    const key = where === undefined ? undefined : this.#lookUp(where, options.parent);
    let from = options.from;
    for (let limit = firstChunk; ; limit = Math.min(limit * 2, largestChunk)) {
      const rows = this.#store.scan({ ...scan, ...key, from, limit });
      for (const row of rows) {
        const document = this.#own(row);
        // A key that is unique in the account may lead to another parent's resource.
        if (document?.parentSid !== options.parent) continue;
        if (key !== undefined || matches(document, where)) yield document;
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < limit) return;
      from = last.seq;
    }
  }

  create(parentSid: string, input: Input): Document<F> {
    return createFrom(this.#context, this.#resource, parentSid, input);
  }

  change(previous: Document<F>, input: Input): Document<F> {
    return updateFrom(this.#context, this.#resource, previous, input);
  }

  delete(document: Document<F>): void {
    this.#resource.beforeDelete(document, this.#context);
    this.remove(document);
  }

  insert(
    parentSid: string,
    fields: F,
    sid: string = this.#context.newSid(this.#resource.prefix),
  ): Document<F> {
    const now = this.#context.now;
    const { accountSid } = this.#context;
    const draft = { sid, accountSid, parentSid, created: now, updated: now, revision: 0, fields };
    const keys = this.#keys(draft);
    this.#refuseTaken(keys, draft, undefined);
    const seq = this.#store.insert(toRow(this.#resource.kind, draft), keys);
    const document = { seq, ...draft };
    this.#setDue(undefined, document);
    this.#changed({ action: "create", kind: this.#resource.kind, after: document });
    return document;
  }

  update(previous: Document<F>, fields: F): Document<F> {
    const document = { ...previous, fields, updated: this.#context.now, revision: previous.revision + 1 };
    const keys = this.#keys(document);
    const keysDiffer = JSON.stringify(keys) !== JSON.stringify(this.#keys(previous));
    if (keysDiffer) this.#refuseTaken(keys, document, previous.seq);
    this.#store.update(
      { seq: previous.seq, ...toRow(this.#resource.kind, document) },
      keysDiffer ? keys : undefined,
    );
    this.#setDue(previous, document);
    this.#changed({ action: "update", kind: this.#resource.kind, before: previous, after: document });
    return document;
  }

  amend(previous: Document<F>, fields: F): Document<F> {
    const document = { ...previous, fields };
    this.#store.update({ seq: previous.seq, ...toRow(this.#resource.kind, document) }, undefined);
    this.#setDue(previous, document);
    return document;
  }

  reschedule(document: Document<F>): void {
    this.#store.setDue(document.seq, this.#resource.due(document, this.#context));
  }

  remove(document: Document<F>): void {
    this.#store.delete({ seq: document.seq, ...toRow(this.#resource.kind, document) });
    this.#changed({ action: "delete", kind: this.#resource.kind, before: document });
  }

  #setDue(previous: Document<F> | undefined, document: Document<F>): void {
    const at = this.#resource.due(document, this.#context);
    const wasDue = previous !== undefined && this.#resource.due(previous, this.#context) !== undefined;
    if (at !== undefined || wasDue) this.#store.setDue(document.seq, at);
  }

  #own(row: Row | undefined): Document<F> | undefined {
    if (row === undefined || row.account_sid !== this.#context.accountSid) return undefined;
    return {
      seq: row.seq,
      sid: row.sid,
      accountSid: row.account_sid,
      parentSid: row.parent_sid,
      created: row.created,
      updated: row.updated,
      revision: row.revision,
      fields: parsed<F>(row),
    };
  }

  /** Reads by index where there is one for the field. */
  #lookUp(where: Where<F>, parentSid: string): Partial<Scan> | undefined {
    const { field, value } = where;
    if (this.#resource.indexed.includes(field)) return { key: { name: field, value } };
    const unique = this.#resource.unique.find((key) => key.field === field && key.ignoreCase !== true);
    if (unique === undefined) return undefined;
    return {
      parent: unique.within === "account" ? this.#context.accountSid : parentSid,
      key: { name: field, value },
    };
  }

  #keys({ parentSid, accountSid, fields }: Pick<Document<F>, "parentSid" | "accountSid" | "fields">): Key[] {
    const keys: Key[] = [];
    for (const { field, within, ignoreCase } of this.#resource.unique) {
      const value = fields[field];
      if (value === null || value === undefined || value === "") continue;
      const text = String(value);
      const scope = within === "account" ? accountSid : parentSid;
      keys.push({ scope, name: field, value: ignoreCase === true ? text.toLowerCase() : text, unique: true });
    }
    for (const field of this.#resource.indexed) {
      const value = fields[field];
      if (value !== null && value !== undefined) {
        keys.push({ scope: parentSid, name: field, value: String(value), unique: false });
      }
    }
    return keys;
  }

  #refuseTaken(
    keys: readonly Key[],
    { parentSid, accountSid, fields }: Omit<Document<F>, "seq">,
    seq?: number,
  ): void {
    for (const { scope, name, value, unique } of keys) {
      if (!unique) continue;
      const holder = this.#store.byUniqueKey(this.#resource.kind, scope, name, value);
      if (holder === undefined || holder.seq === seq) continue;
      const key = this.#resource.unique.find((candidate) => candidate.field === name);
      if (key !== undefined) throw key.taken(String(fields[key.field]), parentSid, accountSid);
    }
  }
}

function matches<F extends object>(document: Document<F>, where: Where<F> | undefined): boolean {
  return where === undefined || String(document.fields[where.field]) === where.value;
}

function toRow<F extends object>(kind: string, document: Omit<Document<F>, "seq">): Omit<Row, "seq"> {
  return {
    kind,
    sid: document.sid,
    account_sid: document.accountSid,
    parent_sid: document.parentSid,
    created: document.created,
    updated: document.updated,
    revision: document.revision,
    fields: JSON.stringify(document.fields),
  };
}

function parsed<F extends object>(row: Row): Readonly<F> {
  try {
    return fieldsOf<F>(row);
  } catch {
    throw new DamagedRow(`what it holds of ${row.kind} ${row.sid} is no JSON`);
  }
}

import type { Document, Resource } from "./resource.ts";
import type { Context } from "./context.ts";
import type { Key, Row, Scan, Store } from "./store.ts";

/** Rows read at once while a list is searched: a page of the usual size first, then ever more. */
const firstChunk = 64;
const largestChunk = 1024;

/** The resources of one kind in one account: what behaviour reads and writes, within the request's transaction. */
export class Collection<F extends object> {
  readonly #resource: Resource<F>;
  readonly #context: Context;
  readonly #store: Store;

  constructor(resource: Resource<F>, context: Context, store: Store) {
    this.#resource = resource;
    this.#context = context;
    this.#store = store;
  }

  get(sid: string): Document<F> | undefined {
    return this.#own(this.#store.bySid(this.#resource.kind, sid));
  }

  /** The one whose unique field has this value, in a parent or, for account-wide keys, in the account. */
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

  /** All in a parent (default: the account), oldest first; those of one field value when `where` is given. */
  all(
    parentSid: string = this.#context.accountSid,
    where?: { field: keyof F & string; value: string },
  ): Document<F>[] {
    return [...this.scan({ parent: parentSid, descending: false, where })];
  }

  /** Walks through the resources of a parent in creation order or its reverse, starting after `from`. */
  *scan(options: {
    parent: string;
    descending: boolean;
    from?: number;
    where?: { field: keyof F & string; value: string };
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

  /** Stores a new resource. @throws the resource's own error when a unique field is taken. */
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
    this.#context.changed({ action: "create", resource: this.#resource, after: document });
    return document;
  }

  /** Stores changed fields. @throws the resource's own error when a unique field is taken. */
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
    this.#context.changed({ action: "update", resource: this.#resource, before: previous, after: document });
    return document;
  }

  /** Stores fields of no concern to clients: ETag and date stay, nobody is told. Not for fields that are looked up. */
  amend(previous: Document<F>, fields: F): Document<F> {
    const document = { ...previous, fields };
    this.#store.update({ seq: previous.seq, ...toRow(this.#resource.kind, document) }, undefined);
    this.#setDue(previous, document);
    return document;
  }

  /** Asks anew when something is due with a resource, where that depends on more than the resource itself. */
  reschedule(document: Document<F>): void {
    this.#store.setDue(document.seq, this.#resource.due(document, this.#context));
  }

  /** Deletes a resource and all below it. */
  remove(document: Document<F>): void {
    this.#store.delete({ seq: document.seq, ...toRow(this.#resource.kind, document) });
    this.#context.changed({ action: "delete", resource: this.#resource, before: document });
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
      fields: JSON.parse(row.fields) as F,
    };
  }

  /** Reads by index where there is one for the field. */
  #lookUp(where: { field: keyof F & string; value: string }, parentSid: string): Partial<Scan> | undefined {
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

function matches<F extends object>(
  document: Document<F>,
  where: { field: keyof F; value: string } | undefined,
): boolean {
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

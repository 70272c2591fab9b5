/** A resource as it is stored, its fields still JSON text. */
export interface Row {
  /** Creation order, never used twice. */
  readonly seq: number;
  readonly kind: string;
  readonly sid: string;
  readonly account_sid: string;
  readonly parent_sid: string;
  readonly created: number;
  readonly updated: number;
  /** Number of updates so far: Twilio's ETag. */
  readonly revision: number;
  readonly fields: string;
}

const read = new WeakMap<Row, object>();

/** The fields of a row, which nobody changes in place: they are parsed once. @throws SyntaxError */
export function fieldsOf<F extends object>(row: Row): Readonly<F> {
  let fields = read.get(row);
  if (fields === undefined) read.set(row, (fields = frozen(JSON.parse(row.fields) as object)));
  return fields as F;
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const item of Object.values(value)) frozen(item);
  return Object.freeze(value);
}

/** A stored resource of which `F` are the fields that are its own. */
export interface Document<F extends object> {
  /** Creation order. */
  readonly seq: number;
  readonly sid: string;
  readonly accountSid: string;
  /** SID of the enclosing resource, or of the account. */
  readonly parentSid: string;
  /** Milliseconds since 1970, as is `updated`. */
  readonly created: number;
  readonly updated: number;
  /** How often it was updated: Twilio's ETag. */
  readonly revision: number;
  readonly fields: Readonly<F>;
}

/**
 * What is stored, by name: enough to read and write it (`context.of(kind)`). How it is found, checked and answered says
 * the resource of that kind, which the kernel knows: kinds know no resource, so resources may name each other's.
 */
export interface Kind<F extends object> {
  /** Unique name, e.g. `taskrouter.TaskQueue`. */
  readonly kind: string;
  /** Only says to the compiler what `F` is. */
  fieldsAre?(fields: F): void;
}

/** A kind of document with fields `F`. */
export function kind<F extends object>(name: string): Kind<F> {
  return { kind: name };
}

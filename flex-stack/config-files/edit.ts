/** A setting below `flex-messaging:`, and the value that makes the stack say what the account has; undefined removes it. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** Where a map that goes to another place stood before: it is written as it was there. */
  readonly moved?: Moved;
}

/** What becomes of a map that is written in another place. */
export interface Moved {
  readonly from: readonly string[];
  /** Names that its entries had there, by those that they have now, where they differ. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What a place in the configuration can be found with. */
export interface ConfigContext {
  /** `flex-messaging:*` as the stack's file has it, without the namespace. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The key in the configuration of the resource of this type with this SID. */
  keyOf(type: string, sid: unknown): string | undefined;
}

/** What stands at a path of the configuration. */
export function valueAt(config: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    config,
  );
}

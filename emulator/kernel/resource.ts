import type { Context, Input } from "./context.ts";
import type { Document, Kind } from "./document.ts";
import type { TwilioError } from "./errors.ts";
import type { Parameter } from "./parameter.ts";

/** A create or update before it is stored: `fields` may still be changed, a throw refuses it. */
export interface Draft<F extends object> {
  readonly fields: F;
  readonly parentSid: string;
  /** What is stored now; undefined on create. */
  readonly previous?: Document<F>;
  readonly input: Input;
}

/** A field that no two resources may share. */
export interface UniqueKey<F extends object> {
  readonly field: keyof F & string;
  /** Where it is unique. @default "parent" */
  readonly within?: "parent" | "account";
  /** Whether values that differ only in case count as the same. @default false */
  readonly ignoreCase?: boolean;
  /** What the second one is told. */
  taken(value: string, parentSid: string, accountSid: string): Error;
}

/** How a list is narrowed: by a stored field's value, or by a test. */
export type Filter<F extends object> =
  | { readonly field: keyof F & string }
  | {
      /** Makes the test for the given values; called once per request. */
      test(
        values: readonly string[],
        context: Context,
        parentSid: string,
      ): (document: Document<F>) => boolean;
    };

/** A sibling of a resource's parent's children that stands in its path: see `Resource.under`. */
export interface Under<F extends object> {
  readonly resource: Resource<never>;
  readonly field: keyof F & string;
}

/** Compares like `Array.sort` does. */
export type Compare<F extends object> = (a: Document<F>, b: Document<F>) => number;

export type Operation = "create" | "fetch" | "list" | "update" | "delete";

/** Everything about a kind of resource; `resource()` makes one, `crud.ts` answers requests from it. */
export interface Resource<F extends object> extends Kind<F> {
  /** SID prefix. */
  readonly prefix: string;
  /** Further prefixes that its SIDs may have. */
  readonly otherPrefixes: readonly string[];
  /** Path of the list as in OpenAPI, e.g. `/v1/Workspaces/{WorkspaceSid}/TaskQueues`. */
  readonly path: string;
  /** Path of one. @default path + `/{Sid}` (before `.json`) */
  readonly instancePath: string;
  /** The resource that encloses it; its SID is the last parameter of `path`. */
  readonly parent: Resource<object> | undefined;
  /**
   * Set where the resource is listed under another one than its parent: reservations belong to a workspace, and paths
   * lead to them through their task or their worker, whose SID is the stored `field`.
   */
  readonly under: Under<F> | undefined;
  /** Property that holds the items of a list. */
  readonly listKey: string;
  readonly operations: readonly Operation[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly unique: readonly UniqueKey<F>[];
  /** Fields that list filters or behaviour look up often; they get an index. */
  readonly indexed: readonly (keyof F & string)[];
  /** Unique field that may stand in a path instead of the SID. */
  readonly alias: (keyof F & string) | undefined;
  readonly filters: Readonly<Record<string, Filter<F>>>;
  /** The order that the list parameter `Ordering` (empty when not given) asks for; undefined: order of creation. */
  ordering(given: string): Compare<F> | undefined;
  /** Whether lists begin with the newest. */
  readonly newestFirst: boolean;
  readonly maxPageSize: number;
  readonly defaultPageSize: number;
  /** Whether it has an ETag and heeds If-Match. */
  readonly etag: boolean;
  /** Properties that answers leave out: stored ones of no concern, or usual ones that this resource lacks. */
  readonly hidden: readonly string[];
  /** Link name → path below the resource's own, or a whole path; `{WorkspaceSid}` and `{stored_field}` are filled in. */
  readonly links: Readonly<Record<string, string>> | undefined;
  /** Further properties of an answer, or replacements. */
  render(document: Document<F>, context: Context): object;
  /** Replacements of what `render` and the rest give, in list items only. */
  renderInList(document: Document<F>): object;
  /** Checks and completes what is about to be stored. */
  beforeWrite(draft: Draft<F>, context: Context): void;
  afterCreate(document: Document<F>, context: Context, input: Input): void;
  afterUpdate(document: Document<F>, previous: Document<F>, context: Context, input: Input): void;
  /** Throws to refuse a deletion by the API; not asked when the parent goes. */
  beforeDelete(document: Document<F>, context: Context): void;
  /** When something is next to be done with it, in milliseconds since 1970; asked after every write. */
  due(document: Document<F>, context: Context): number | undefined;
  /** Does what is due, in a transaction of its own at the due time; it must change or remove the resource. */
  onDue(document: Document<F>, context: Context): void;
  /** What is due next, for people, in words of ours alone: `times out`; empty where it is no more than forgotten. @default nothing is due */
  readonly whenDue: ((document: Document<F>, context: Context) => string) | undefined;
  /** The error for one that is not there; `reference` is what stood in the path. @default undefined: 404, 20404 */
  missing(reference: string, as: "itself" | "parent"): TwilioError | undefined;
}

export type ResourceDeclaration<F extends object> = Pick<Resource<F>, "prefix" | "path" | "listKey"> &
  Partial<Omit<Resource<F>, "kind" | "prefix" | "path" | "listKey" | "parent">> & {
    parent?: Resource<never>;
  };

/** The resource of a kind: completes a declaration with what is usual. */
export function resource<F extends object>(
  { kind }: Kind<F>,
  { parent, ...declaration }: ResourceDeclaration<NoInfer<F>>,
): Resource<F> {
  const nothing = (): object => ({});
  const pass = (): void => undefined;
  return {
    kind,
    instancePath: declaration.path.replace(/(\.json)?$/, "/{Sid}$1"),
    // A parent is only ever asked for its name, paths and errors, never for its own fields.
    parent: parent as unknown as Resource<object> | undefined,
    otherPrefixes: [],
    under: undefined,
    operations: ["create", "fetch", "list", "update", "delete"],
    parameters: {},
    unique: [],
    indexed: [],
    alias: undefined,
    filters: {},
    ordering: () => undefined,
    newestFirst: false,
    maxPageSize: 1000,
    defaultPageSize: 50,
    etag: false,
    hidden: [],
    links: undefined,
    render: nothing,
    renderInList: nothing,
    beforeWrite: pass,
    afterCreate: pass,
    afterUpdate: pass,
    beforeDelete: pass,
    due: () => undefined,
    onDue: pass,
    whenDue: undefined,
    missing: () => undefined,
    ...declaration,
  };
}

import { pathOf } from "../kernel/address.ts";
import type { Context } from "../kernel/context.ts";
import { render } from "../kernel/crud.ts";
import { invalid, notFound, TwilioError } from "../kernel/errors.ts";
import { emptyForm } from "../kernel/form.ts";
import type { Inventory, StoredQuery, StoredResource } from "../kernel/inventory.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Masking } from "../kernel/masking.ts";
import { type OwnEndpoint, readLimit } from "../kernel/ownEndpoints.ts";
import type { Product } from "../kernel/product.ts";
import { maskedRequest } from "../kernel/requestEndpoints.ts";
import type { RequestContext } from "../kernel/request.ts";
import type { RequestLog } from "../kernel/requestLog.ts";
import type { Resource } from "../kernel/resource.ts";
import type { Row } from "../kernel/row.ts";
import { consoleName } from "./consoleNames.ts";

export interface StoredEndpointParts {
  readonly kernel: Kernel;
  readonly inventory: Inventory;
  readonly log: RequestLog;
  readonly masking: Masking;
  readonly products: readonly Product[];
  /** With which an account's resources are asked for. */
  readonly authorization: string;
}

/** Most resources of a page, and as many as there are unless told otherwise. */
const largestPage = 200;
const usualPage = 50;

/** Longest text that is searched for, in characters. */
const longestSearch = 200;

/** How many of the last requests that touched a resource are told. */
const shownRequests = 20;

/**
 * What the account holds: how many of each kind, lists of them, and one of them as its API answers it.
 *
 * `GET /_emulator/resources` counts, `GET /_emulator/resources/list?kind=&search=&before=&limit=` lists the newest first,
 * and `GET /_emulator/resources/{SID}?kind=` tells of one.
 */
export function storedEndpoints(parts: StoredEndpointParts): OwnEndpoint[] {
  const { kernel, inventory, log, masking } = parts;
  const api = new Api(parts);
  return [
    {
      method: "GET",
      path: "/resources",
      handle() {
        kernel.catchUp();
        const counts = inventory.counts();
        return {
          total: [...counts.values()].reduce((sum, count) => sum + count, 0),
          kinds: [...counts].map(([kind, count]) => ({ kind, ...consoleName(kind), count })),
        };
      },
    },
    {
      method: "GET",
      path: "/resources/list",
      handle({ query }) {
        kernel.catchUp();
        const { resources, next } = inventory.page(readQuery(query));
        return { resources: resources.map((each) => listed(each, masking)), next };
      },
    },
    {
      method: "GET",
      path: "/resources/:sid",
      handle({ parameters: { sid = "" }, query }) {
        kernel.catchUp();
        const row = inventory.one(sid, optional(query["kind"]));
        if (row === undefined) throw notFound(`/_emulator/resources/${sid}`);
        const found = api.answerTo(row);
        return {
          kind: row.kind,
          sid,
          ...consoleName(row.kind),
          parent: row.parent_sid,
          api: found?.url ?? null,
          resource: found?.body ?? inventory.fieldsOf(row),
          requests: log.touching(sid, shownRequests).map((request) => maskedRequest(request, masking)),
        };
      },
    },
  ];
}

function listed({ kind, sid, name, parent, created, updated }: StoredResource, masking: Masking): object {
  return {
    kind,
    console: consoleName(kind).name,
    sid,
    name: name === null ? null : masking.text(name),
    parent,
    date_created: new Date(created).toISOString(),
    date_updated: new Date(updated).toISOString(),
  };
}

/** Answers of Twilio's own API for what is stored. */
class Api {
  readonly #parts: StoredEndpointParts;
  readonly #owners: ReadonlyMap<string, { readonly product: Product; readonly resource: Resource<object> }>;

  constructor(parts: StoredEndpointParts) {
    this.#parts = parts;
    this.#owners = new Map(
      parts.products.flatMap((product) =>
        product.resources.map((resource) => [
          resource.kind,
          { product, resource: resource as unknown as Resource<object> },
        ]),
      ),
    );
  }

  /** The resource as its API shows it, without credentials; undefined where no API has it. */
  answerTo(row: Row): { readonly url: string; readonly body: unknown } | undefined {
    const owner = this.#owners.get(row.kind);
    if (owner === undefined || owner.resource.path === "") return undefined;
    const { product, resource } = owner;
    const host = `${product.host}.twilio.com`;
    const { paths, rendered } = this.#parts.kernel.read(row.account_sid, (context) => {
      const document = context.of(resource).get(row.sid);
      if (document === undefined) return { paths: [], rendered: undefined };
      const own = render(document, resource, pretended(context, product)) as { url?: unknown };
      // What an account or a service has one of is fetched at the path that others are listed at.
      const only = pathOf(document, { ...resource, instancePath: resource.path }, context);
      return {
        paths: [
          pathOf(document, resource, context),
          // Some are fetched by something else than their SID, and their own address says so.
          typeof own.url === "string" ? own.url.replace(/^https:\/\/[^/]*/, "") : undefined,
          resource.operations.length === 0 ? only : undefined,
        ],
        rendered: resource.operations.length === 0 ? undefined : own,
      };
    });
    for (const path of new Set(paths)) {
      const body = path === undefined ? undefined : this.#ask(host, path);
      if (body !== undefined) return { url: `https://${host}${path}`, body: this.#open(body) };
    }
    return rendered && { url: `https://${host}${paths[0] ?? resource.path}`, body: this.#open(rendered) };
  }

  #open(body: object): unknown {
    return JSON.parse(this.#parts.masking.json(JSON.stringify(body))) as unknown;
  }

  #ask(host: string, target: string): object | undefined {
    const { kernel, authorization } = this.#parts;
    try {
      return kernel
        .route({
          ...{ method: "GET", host, target, authorization, body: "" },
          ...{ ifMatch: undefined, contentType: undefined },
        })
        .answer().body;
    } catch (error) {
      if (error instanceof TwilioError) return undefined;
      throw error;
    }
  }
}

/** A request in which a resource is shown that nobody asked for. */
function pretended(context: Context, product: Product): RequestContext {
  return {
    ...{ context, product, origin: `https://${product.host}.twilio.com`, method: "GET", path: "" },
    ...{ parameters: {}, query: emptyForm, form: emptyForm, json: undefined },
    ...{ ifMatch: undefined, person: undefined },
  };
}

function readQuery(query: Readonly<Record<string, string>>): StoredQuery {
  const limit = readLimit(query["limit"], usualPage);
  if (limit > largestPage) throw invalid(`limit may be up to ${largestPage}`);
  const before = optional(query["before"]);
  if (before !== undefined && !/^\d{1,15}$/.test(before))
    throw invalid("before must be the `next` of an earlier answer");
  const search = optional(query["search"]);
  if (search !== undefined && search.length > longestSearch)
    throw invalid(`search may have up to ${longestSearch} characters`);
  return {
    kind: optional(query["kind"]),
    search,
    before: before === undefined ? undefined : Number(before),
    limit,
  };
}

function optional(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

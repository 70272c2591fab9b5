import type { Context, Input } from "./context.ts";
import type { Document } from "./document.ts";
import type { Form } from "./form.ts";
import { missingParameter, notFound, preconditionFailed } from "./errors.ts";
import { fill, isAbsolute, parentSids } from "./address.ts";
import { snakeCase } from "./json.ts";
import { cutPage, pageQuery, pageToken, readPageRequest } from "./paging.ts";
import type { Route } from "./product.ts";
import type { Reply, RequestContext } from "./request.ts";
import type { Operation, Resource } from "./resource.ts";
import { isSid } from "./sid.ts";
import { createFrom, updateFrom } from "./write.ts";

/** The routes of a resource's operations. */
export function routesOf<F extends object>(resource: Resource<F>): (Route & { operation: Operation })[] {
  const { path, instancePath } = resource;
  const routes: Record<Operation, Route> = {
    list: { method: "GET", path, handle: (request) => list(request, resource) },
    create: { method: "POST", path, handle: (request) => create(request, resource) },
    fetch: { method: "GET", path: instancePath, handle: (request) => fetch(request, resource) },
    update: { method: "POST", path: instancePath, handle: (request) => update(request, resource) },
    delete: { method: "DELETE", path: instancePath, handle: (request) => remove(request, resource) },
  };
  return resource.operations.map((operation) => ({ operation, ...routes[operation] }));
}

/** The answer's body for a resource. */
export function render<F extends object>(
  document: Document<F>,
  resource: Resource<F>,
  request: RequestContext,
): object {
  return { ...usualProperties(document, resource, request), ...resource.render(document, request.context) };
}

interface Rendered {
  readonly document: Document<object>;
  readonly origin: string;
  readonly properties: object;
}

/** By the resource, then by a document's fields, which are the same object until the document is written. */
const rendered = new WeakMap<object, WeakMap<object, Rendered>>();

/** What answers have of a document alone, made once until that is written: lists hold the same ones again and again. */
function usualProperties<F extends object>(
  document: Document<F>,
  resource: Resource<F>,
  request: RequestContext,
): object {
  const { origin } = request;
  let known = rendered.get(resource);
  if (known === undefined) rendered.set(resource, (known = new WeakMap()));
  const found = known.get(document.fields);
  if (found?.origin === origin && isSame(found.document, document)) return found.properties;
  const properties = makeProperties(document, resource, request);
  known.set(document.fields, { document, origin, properties });
  return properties;
}

/** Whether two documents with the same fields are the same in all else. */
function isSame(one: Document<object>, other: Document<object>): boolean {
  return one.sid === other.sid && one.updated === other.updated && one.created === other.created;
}

function makeProperties<F extends object>(
  document: Document<F>,
  resource: Resource<F>,
  { context, origin, product: { dialect } }: RequestContext,
): object {
  const parents = parentSids(document, resource, context);
  const values = { ...parents, Sid: document.sid };
  const path = fill(resource.instancePath, values) ?? resource.instancePath;
  const properties: Record<string, unknown> = {
    sid: document.sid,
    account_sid: document.accountSid,
    ...Object.fromEntries(Object.entries(parents).map(([name, sid]) => [snakeCase(name), sid])),
    ...document.fields,
    date_created: dialect.date(document.created),
    date_updated: dialect.date(document.updated),
    ...dialect.address(origin, path),
  };
  if (resource.links !== undefined) {
    const links: Record<string, string> = {};
    for (const [name, template] of Object.entries(resource.links)) {
      const link = fill(template, values, document.fields);
      // A link to something that is not set is left out.
      if (link !== undefined) links[name] = isAbsolute(link) ? link : path.replace(/(\.json)?$/, `${link}$1`);
    }
    Object.assign(properties, dialect.links(origin, links));
  }
  for (const field of resource.hidden) delete properties[field];
  return properties;
}

/** The resource that the last path parameter names, below the ones that the others name. @throws TwilioError */
export function findDocument<F extends object>(request: RequestContext, resource: Resource<F>): Document<F> {
  const references = Object.values(request.parameters);
  const reference = references.at(-1) ?? "";
  const { parentSid, underSid } = findPlace(request, resource, references.slice(0, -1));
  const document = lookUp(request.context, resource, parentSid, reference);
  if (document === undefined || (resource.under && document.fields[resource.under.field] !== underSid))
    throw resource.missing(reference, "itself") ?? notFound(request.path);
  return document;
}

/** The SID of the resource that the path's last parameters enclose, or of the account. @throws TwilioError */
export function findParentSid(
  request: RequestContext,
  resource: Resource<never>,
  references: readonly string[] = Object.values(request.parameters),
): string {
  return findPlace(request, resource, references).parentSid;
}

/** The SIDs of the parent and, where there is one, of the resource that this one is listed under. */
function findPlace(
  request: RequestContext,
  resource: Resource<never>,
  parents: readonly string[],
): { parentSid: string; underSid: string | undefined } {
  const under = resource.under?.resource;
  const references = under === undefined ? parents : parents.slice(0, -1);
  const chain: Resource<object>[] = [];
  for (let parent = resource.parent; parent !== undefined; parent = parent.parent) chain.unshift(parent);
  const given = references.slice(references.length - chain.length);
  let parentSid = request.context.accountSid;
  chain.forEach((parent, index) => {
    const reference = given[index] ?? "";
    const document = lookUp(request.context, parent, parentSid, reference);
    if (document === undefined) throw parent.missing(reference, "parent") ?? notFound(request.path);
    parentSid = document.sid;
  });
  if (under === undefined) return { parentSid, underSid: undefined };
  const reference = parents.at(-1) ?? "";
  const document = lookUp(request.context, under, parentSid, reference);
  if (document === undefined) throw under.missing(reference, "parent") ?? notFound(request.path);
  return { parentSid, underSid: document.sid };
}

/** Reads the parameters of a form. @throws TwilioError for a bad value, or a missing one on create */
export function readInput(
  request: RequestContext,
  resource: Resource<never>,
  operation: "create" | "update",
): Input {
  return readParameters(request.form, resource, operation);
}

/** Reads parameters that came otherwise than in a request's form. @throws TwilioError as `readInput` does */
export function readParameters(
  given: Form,
  resource: Resource<never>,
  operation: "create" | "update",
): Input {
  const input: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(resource.parameters)) {
    if (parameter.on !== "both" && parameter.on !== operation) continue;
    const values = given.get(name);
    const value = values === undefined ? undefined : parameter.read(values, name, operation);
    if (value !== undefined) input[name] = value;
    else if (parameter.required && operation === "create") throw missingParameter(name);
    else if (parameter.required && values !== undefined) throw missingParameter(name);
  }
  return input;
}

/** Answers a create. */
export function create<F extends object>(request: RequestContext, resource: Resource<F>): Reply {
  const parentSid = findParentSid(request, resource);
  const document = createFrom(request.context, resource, parentSid, readInput(request, resource, "create"));
  return answer(request, resource, document, 201);
}

function fetch<F extends object>(request: RequestContext, resource: Resource<F>): Reply {
  return answer(request, resource, findDocument(request, resource), 200);
}

function update<F extends object>(request: RequestContext, resource: Resource<F>): Reply {
  const previous = findDocument(request, resource);
  if (resource.etag) checkEtag(request, previous);
  const document = updateFrom(request.context, resource, previous, readInput(request, resource, "update"));
  return answer(request, resource, document, 200);
}

function remove<F extends object>(request: RequestContext, resource: Resource<F>): Reply {
  const document = findDocument(request, resource);
  if (resource.etag) checkEtag(request, document);
  resource.beforeDelete(document, request.context);
  request.context.of(resource).remove(document);
  return { status: 204 };
}

/**
 * Answers a list, of those only that pass `only` when it is given.
 *
 * @param isBeyond Whether none passes that was made before this one: nobody then looks at them.
 */
export function list<F extends object>(
  request: RequestContext,
  resource: Resource<F>,
  only: (document: Document<F>) => boolean = () => true,
  isBeyond: (document: Document<F>) => boolean = () => false,
): Reply {
  const { context, product, query, path, origin } = request;
  const { parentSid: parent, underSid } = findPlace(request, resource, Object.values(request.parameters));
  const page = readPageRequest(request, resource);
  const { documents, hasPrevious, hasNext } = cutPage(
    page,
    walker(request, resource, { parent, underSid }, { only, isBeyond }),
  );
  const [firstOne, lastOne] = [documents[0], documents.at(-1)];
  const at = (number: number, token?: string): string => path + pageQuery(query, page.size, number, token);
  const body = product.dialect.page(origin, {
    items: documents.map((document) => ({
      ...usualProperties(document, resource, request),
      ...resource.render(document, context),
      ...resource.renderInList(document),
    })),
    key: resource.listKey,
    number: page.number,
    size: page.size,
    here: at(page.number, query.get("PageToken")?.[0]),
    first: at(0),
    previous:
      hasPrevious && firstOne !== undefined
        ? at(Math.max(page.number - 1, 0), pageToken("PB", resource.prefix, firstOne))
        : null,
    next:
      hasNext && lastOne !== undefined
        ? at(page.number + 1, pageToken("PA", resource.prefix, lastOne))
        : null,
  });
  return { status: 200, body };
}

/** Walks through the filtered list from a position, in its order or backwards. */
function walker<F extends object>(
  { context, query }: RequestContext,
  resource: Resource<F>,
  { parent, underSid }: { parent: string; underSid: string | undefined },
  { only, isBeyond }: Record<"only" | "isBeyond", (document: Document<F>) => boolean>,
): (from: number | undefined, backwards: boolean) => Iterable<Document<F>> {
  const wheres: { field: keyof F & string; value: string }[] = [];
  const tests = [only];
  if (resource.under !== undefined) wheres.push({ field: resource.under.field, value: underSid ?? "" });
  for (const [name, filter] of Object.entries(resource.filters)) {
    const values = query.get(name);
    const value = values?.[0];
    if (values === undefined || value === undefined || value === "") continue;
    if ("field" in filter) wheres.push({ field: filter.field, value });
    else tests.push(filter.test(values, context, parent));
  }
  const [where, ...others] = wheres;
  const passes = (document: Document<F>): boolean =>
    others.every(({ field, value }) => String(document.fields[field]) === value) &&
    tests.every((test) => test(document));
  const ordering = resource.ordering(query.get("Ordering")?.[0] ?? "");
  if (ordering === undefined) {
    return function* (from, backwards) {
      const descending = resource.newestFirst !== backwards;
      for (const document of context.of(resource).scan({ parent, descending, from, where })) {
        if (passes(document)) yield document;
        else if (descending && isBeyond(document)) return;
      }
    };
  }
  return (from, backwards) => {
    const sorted = context.of(resource).all(parent, where).filter(passes).sort(ordering);
    if (backwards) sorted.reverse();
    return sorted.slice(from === undefined ? 0 : sorted.findIndex(({ seq }) => seq === from) + 1);
  };
}

function answer<F extends object>(
  request: RequestContext,
  resource: Resource<F>,
  document: Document<F>,
  status: number,
): Reply {
  const body = render(document, resource, request);
  return resource.etag ? { status, body, headers: { etag: `"${document.revision}"` } } : { status, body };
}

function checkEtag({ ifMatch }: RequestContext, document: Document<object>): void {
  if (ifMatch === undefined || ifMatch.trim() === "*") return;
  const current = `"${document.revision}"`;
  // Twilio's ETags are quoted; its own examples and SDKs also send the bare number.
  const given = ifMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (!given.includes(current) && !given.includes(String(document.revision)))
    throw preconditionFailed(ifMatch, current);
}

function lookUp<F extends object>(
  context: Context,
  resource: Resource<F>,
  parentSid: string,
  reference: string,
): Document<F> | undefined {
  if ([resource.prefix, ...resource.otherPrefixes].some((prefix) => isSid(reference, prefix))) {
    const document = context.of(resource).get(reference);
    if (document?.parentSid === parentSid) return document;
  }
  return resource.alias === undefined
    ? undefined
    : context.of(resource).find(resource.alias, reference, parentSid);
}

import { routesOf } from "./crud.ts";
import { methodNotAllowed, notFound, notImplemented, TwilioError } from "./errors.ts";
import type { Operations, Product, Route } from "./product.ts";
import { type Match, Router } from "./router.ts";

/** An operation of Twilio: ours when it has a route. */
interface Endpoint {
  readonly operation: string;
  readonly route: Route | undefined;
}

interface Site {
  readonly product: Product;
  readonly router: Router<Endpoint>;
}

/** A request, as far as it says where it wants to go. */
export interface Address {
  readonly method: string;
  readonly host: string;
  /** Path and query, still encoded. */
  readonly target: string;
}

/** What an address leads to, as far as it leads anywhere. */
interface Known {
  /** The product of the host, where the local Twilio has one. */
  readonly product: Product | undefined;
  /** Path template and operation id of Twilio's OpenAPI, where the path is one of Twilio's. */
  readonly template: string | undefined;
  readonly operation: string | undefined;
}

export interface Found extends Known {
  readonly product: Product;
  readonly operation: string;
  readonly route: Route;
  readonly path: string;
  readonly query: string;
  /** @throws TwilioError 400 when a percent escape is broken */
  parameters(): Record<string, string>;
}

/** An address that leads nowhere, and what its sender is told. */
export interface NotFound extends Known {
  error(): TwilioError;
}

/** An operation that Twilio documents. */
export interface ListedOperation {
  readonly host: string;
  readonly method: string;
  readonly template: string;
  readonly operation: string;
  readonly isImplemented: boolean;
}

/** Knows where requests lead: to a product's route, to something that Twilio has and we don't, or nowhere. */
export class Directory {
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #beyond: (host: string) => Operations | undefined;
  readonly #routersBeyond = new Map<string, Router<string>>();

  /**
   * @param beyond what Twilio documents at a host (`video.twilio.com`) besides the products' own operations: other
   * versions, other hosts. Asked only when no product has the path.
   * @throws Error when two products or routes claim the same place
   */
  constructor(products: readonly Product[], beyond: (host: string) => Operations | undefined) {
    this.#sites = new Map(products.map((product) => [product.host, { product, router: routerOf(product) }]));
    this.#beyond = beyond;
  }

  /** Hosts that are answered, e.g. `taskrouter.twilio.com`. */
  get hosts(): string[] {
    return [...this.#sites.keys()].map((name) => `${name}.twilio.com`);
  }

  /** Every documented operation of every product, and whether it is implemented. */
  operations(): ListedOperation[] {
    return [...this.#sites.values()].flatMap(({ product, router }) =>
      router.entries().flatMap(({ method, template, value: { operation, route } }) => {
        if (product.operations[template]?.[method] === undefined) return [];
        const host = `${product.host}.twilio.com`;
        return { host, method, template, operation, isImplemented: route !== undefined };
      }),
    );
  }

  find(address: Address): Found | NotFound {
    const label = productLabel(address.host);
    const site = this.#sites.get(label);
    const { path, query } = splitTarget(address.target);
    const match = site?.router.match(path);
    if (site === undefined || match === undefined)
      return { product: site?.product, ...this.#lacking(label, address, path) };
    const { product } = site;
    const { template } = match;
    const endpoint = match.methods.get(address.method);
    if (endpoint === undefined) return { product, ...wrongMethod(address.method, match, path) };
    const { operation, route } = endpoint;
    if (route === undefined) {
      const name = `${operation} (${address.method} ${template})`;
      return { product, template, operation, error: () => notImplemented(name) };
    }
    return { product, template, operation, route, path, query, parameters: () => match.parameters() };
  }

  /** What is said of a path that no product has. A 404 tells clients that their resource is gone: it is the last resort. */
  #lacking(label: string, { method, host }: Address, path: string): Omit<NotFound, "product"> {
    const nothing = { template: undefined, operation: undefined };
    const twilioHost = `${label}.twilio.com`;
    const match = this.#routerBeyond(label).match(path);
    if (match !== undefined) {
      const { template } = match;
      const operation = match.methods.get(method);
      if (operation === undefined) return wrongMethod(method, match, path);
      const name = `${operation} (${method} ${template}) of ${twilioHost}`;
      return { template, operation, error: () => notImplemented(name) };
    }
    if (label === "") return { ...nothing, error: () => notTwilio(host, this.hosts) };
    const templates = [this.#sites.get(label)?.product.operations, this.#beyond(twilioHost)].flatMap(
      (operations) => Object.keys(operations ?? {}),
    );
    const isKnown = templates.some((template) => versionOf(template) === versionOf(path));
    if (path === "/" || isKnown || (templates.length > 0 && !versionLike.test(versionOf(path))))
      return { ...nothing, error: () => notFound(path) };
    // Twilio may have it, and the documents not know it (yet, or any more).
    const what = templates.length === 0 ? "host" : "version";
    const name = `${method} ${path.slice(0, 100)} of ${twilioHost}, a ${what} that none of Twilio's OpenAPI documents has`;
    return { ...nothing, error: () => notImplemented(name) };
  }

  #routerBeyond(label: string): Router<string> {
    const known = this.#routersBeyond.get(label);
    if (known !== undefined) return known;
    const router = new Router<string>();
    const operations = this.#beyond(`${label}.twilio.com`);
    for (const [template, methods] of Object.entries(operations ?? {})) {
      for (const [method, operation] of Object.entries(methods)) router.add(method, template, operation);
    }
    // Any text may be sent as a host; only those that are documented are remembered.
    if (operations !== undefined) this.#routersBeyond.set(label, router);
    return router;
  }
}

/** What a version that no document has would look like: `v3`, or a date as that of the first API. */
const versionLike = /^(?:v\d+\w*|\d{4}-\d{2}-\d{2})$/i;

/** `v1` of `/v1/Workspaces`: every path of Twilio's begins with its version. */
const versionOf = (path: string): string => path.split("/", 2)[1] ?? "";

/** `taskrouter` of `taskrouter.twilio.com:443`, `taskrouter.us1.twilio.com` and `taskrouter.dublin.ie1.twilio.com`. */
function productLabel(host: string): string {
  return /^([a-z-]+)(?:\.[a-z0-9-]+){0,2}\.twilio\.com\.?(?::\d+)?$/.exec(host.toLowerCase())?.[1] ?? "";
}

function notTwilio(host: string, hosts: readonly string[]): TwilioError {
  return new TwilioError(
    404,
    20404,
    `The local Twilio has no product at host ${JSON.stringify(host.slice(0, 100))}. ` +
      `Send requests with the Host header of Twilio's product: ${hosts.join(", ")}`,
  );
}

function wrongMethod(method: string, { template }: Match<unknown>, path: string): Omit<NotFound, "product"> {
  return { template, operation: undefined, error: () => methodNotAllowed(method, path) };
}

/** A product's operations with its routes put in place; routes that Twilio doesn't document are added. */
function routerOf(product: Product): Router<Endpoint> {
  const routes = new Map<string, Route>();
  for (const route of [
    ...product.resources.flatMap((resource) => routesOf(resource)),
    ...(product.routes ?? []),
  ]) {
    const name = `${route.method} ${route.path}`;
    if (routes.has(name)) throw new Error(`${name} of ${product.host} is declared twice`);
    routes.set(name, route);
  }
  const router = new Router<Endpoint>();
  for (const [path, methods] of Object.entries(product.operations)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`;
      router.add(method, path, { operation, route: routes.get(name) });
      routes.delete(name);
    }
  }
  for (const [name, route] of routes) router.add(route.method, route.path, { operation: name, route });
  return router;
}

function splitTarget(target: string): { path: string; query: string } {
  // A client that takes us for a proxy sends the whole URL.
  const local = target.replace(/^https?:\/\/[^/?]*/i, "");
  const mark = local.indexOf("?");
  return mark < 0 ? { path: local, query: "" } : { path: local.slice(0, mark), query: local.slice(mark + 1) };
}

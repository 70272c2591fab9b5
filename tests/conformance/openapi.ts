import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documentsFolder } from "./allDocuments.ts";
import { compileTemplate, moreSpecificFirst } from "./pathTemplate.ts";
import type { PathTemplate } from "./pathTemplate.ts";

/** Twilio's OpenAPI documents that judge the emulator and the provider; each name is that of its file. */
export const products = [
  "taskrouter_v1",
  "chat_v2",
  "conversations_v1",
  "proxy_v1",
  "studio_v2",
  "flex_v1",
  "flex_v2",
  "api_v2010",
  "messaging_v1",
] as const;
export type Product = (typeof products)[number];

export type Method = "GET" | "POST" | "DELETE";
const methods = ["get", "post", "delete"] as const;

/** The part of an OpenAPI 3.0 schema that Twilio uses; references are already resolved. No `type` means any JSON. */
export interface Schema {
  /** Name of a schema that operations share, e.g. `taskrouter.v1.workspace.task_queue`; undefined for inline ones. */
  readonly name?: string;
  readonly type?: "string" | "integer" | "number" | "boolean" | "object" | "array";
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly "x-twilio"?: { readonly ignoreFormat?: boolean };
}

/** A parameter of an operation; `form` ones are sent in the body. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "form";
  readonly required: boolean;
  readonly schema: Schema;
}

export interface ResponseDescription {
  /** What the body has to look like; undefined when there is none (204). */
  readonly schema: Schema | undefined;
  /** Bodies that Twilio shows as examples, by name. */
  readonly examples: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly product: Product;
  /** Unique within a product, e.g. `FetchTaskQueue`. */
  readonly operationId: string;
  /** E.g. `taskrouter.twilio.com`. */
  readonly host: string;
  readonly method: Method;
  /** E.g. `/v1/Workspaces/{WorkspaceSid}/TaskQueues/{Sid}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Content type of the request body; undefined when the operation takes none. */
  readonly requestType: "application/x-www-form-urlencoded" | "application/json" | undefined;
  /** Groups of parameters of which at least one has to be given, as in `[["PhoneNumber", "AreaCode"]]`. */
  readonly requireOneOf: readonly (readonly string[])[];
  readonly responses: ReadonlyMap<number, ResponseDescription>;
}

export interface MatchedOperation {
  readonly operation: Operation;
  /** Decoded values of the path parameters. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface RawMedia {
  schema?: unknown;
  examples?: Record<string, { value: unknown }>;
}
interface RawOperation {
  operationId: string;
  parameters?: { name: string; in: "path" | "query" | "header"; required?: boolean; schema: unknown }[];
  "x-twilio"?: { conditional?: string[][] };
  requestBody?: { content?: Partial<Record<NonNullable<Operation["requestType"]>, RawMedia>> };
  responses: Record<string, { content?: { "application/json"?: RawMedia } }>;
}
interface RawDocument {
  servers: { url: string }[];
  paths: Record<string, Partial<Record<(typeof methods)[number], RawOperation>>>;
  components: { schemas: Record<string, unknown> };
}

/** Puts the schemas in place of their references; Twilio's schemas have no cycles. */
function resolver(schemas: Record<string, unknown>): (schema: unknown) => Schema {
  const resolved = new Map<string, unknown>();
  const resolve = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(resolve);
    if (node === null || typeof node !== "object") return node;
    if ("$ref" in node && typeof node.$ref === "string") {
      const name = node.$ref.slice("#/components/schemas/".length);
      if (!resolved.has(name)) {
        if (!(name in schemas)) throw new Error(`The document has no schema named ${name}.`);
        resolved.set(name, { ...(resolve(schemas[name]) as Schema), name });
      }
      return resolved.get(name);
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value)]));
  };
  return (schema) => resolve(schema) as Schema;
}

const pascalCase = (name: string): string =>
  name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function readOperations(product: Product): readonly Operation[] {
  const document = JSON.parse(
    readFileSync(join(documentsFolder, `twilio_${product}.json`), "utf8"),
  ) as RawDocument;
  const host = new URL(document.servers[0]?.url ?? "").host;
  const resolve = resolver(document.components.schemas);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Operation[] => {
      const raw = item[method];
      if (raw === undefined) return [];
      const [requestType, media] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
      const form = resolve(media?.schema ?? {});
      return [
        {
          product,
          operationId: raw.operationId,
          host,
          method: method.toUpperCase() as Method,
          path,
          parameters: [
            ...(raw.parameters ?? []).map((parameter) => ({
              name: parameter.name,
              in: parameter.in,
              required: parameter.required ?? false,
              schema: resolve(parameter.schema),
            })),
            ...Object.entries(form.properties ?? {}).map(([name, schema]) => ({
              name,
              in: "form" as const,
              required: form.required?.includes(name) ?? false,
              schema,
            })),
          ],
          requestType: requestType as Operation["requestType"],
          requireOneOf: (raw["x-twilio"]?.conditional ?? []).map((group) => group.map(pascalCase)),
          responses: new Map(
            Object.entries(raw.responses).map(([status, response]) => {
              const body = response.content?.["application/json"];
              return [
                Number(status),
                {
                  schema: body?.schema === undefined ? undefined : resolve(body.schema),
                  examples: Object.fromEntries(
                    Object.entries(body?.examples ?? {}).map(([name, example]) => [name, example.value]),
                  ),
                },
              ];
            }),
          ),
        },
      ];
    }),
  );
}

const documents = new Map<Product, readonly Operation[]>();

/** Every operation of a product, in the document's order. A document is read once. */
export function operations(product: Product): readonly Operation[] {
  let found = documents.get(product);
  if (found === undefined) documents.set(product, (found = readOperations(product)));
  return found;
}

/** The first part of each product's host. None may be missing: its exchanges would be judged by nothing. */
const labels: Readonly<Record<Product, string>> = {
  taskrouter_v1: "taskrouter",
  chat_v2: "chat",
  conversations_v1: "conversations",
  proxy_v1: "proxy",
  studio_v2: "studio",
  flex_v1: "flex-api",
  flex_v2: "flex-api",
  api_v2010: "api",
  messaging_v1: "messaging",
};
const productsByLabel: ReadonlyMap<string, readonly Product[]> = Map.groupBy(
  products,
  (product) => labels[product],
);

/**
 * The product that answers on a host, also on a regional one such as `chat.dublin.ie1.twilio.com`; or undefined. Where a
 * host has several, the one of the path's version, or else the first.
 */
export function productOfHost(host: string, path = ""): Product | undefined {
  const [, label] = /^([^.]+)\.(?:[^.]+\.){0,2}twilio\.com(?::\d+)?$/.exec(host.toLowerCase()) ?? [];
  const found = productsByLabel.get(label ?? "") ?? [];
  const versionOf = (text: string): string => text.split("/", 2)[1] ?? "";
  return (
    found.find((product) => versionOf(operations(product)[0]?.path ?? "") === versionOf(path)) ?? found[0]
  );
}

interface Route {
  readonly template: PathTemplate;
  readonly operation: Operation;
}
const routes = new Map<Product, readonly Route[]>();

function routesOf(product: Product): readonly Route[] {
  let found = routes.get(product);
  if (found === undefined) {
    found = operations(product)
      .map((operation) => ({ template: compileTemplate(operation.path), operation }))
      .sort((a, b) => moreSpecificFirst(a.template, b.template));
    routes.set(product, found);
  }
  return found;
}

/**
 * The operation that a request means: the most specific path template wins, as in `/Workers/Statistics` over
 * `/Workers/{Sid}`, whatever the method. Undefined when Twilio documents none.
 */
export function matchOperation(request: {
  method: string;
  host: string;
  /** Path without query. */
  path: string;
}): MatchedOperation | undefined {
  const product = productOfHost(request.host, request.path);
  if (product === undefined) return undefined;
  let path: string | undefined;
  for (const { template, operation } of routesOf(product)) {
    // The first template that matches decides; only its methods are looked at after it.
    if (path !== undefined && path !== operation.path) continue;
    const pathParameters = template.match(request.path);
    if (pathParameters === undefined) continue;
    path = operation.path;
    if (operation.method === request.method.toUpperCase()) return { operation, pathParameters };
  }
  return undefined;
}

/** The operation with this method and path template. Throws when there is none. */
export function operationAt(product: Product, method: Method, path: string): Operation {
  const found = findOperation(product, method, path);
  if (found === undefined) throw new Error(`${product} documents no ${method} ${path}.`);
  return found;
}

/** The operation with this method and path template, or undefined. */
export function findOperation(product: Product, method: Method, path: string): Operation | undefined {
  return operations(product).find((operation) => operation.method === method && operation.path === path);
}

import { findOperation, operations } from "./openapi.ts";
import type { Method, Operation, Product, Schema } from "./openapi.ts";

/** A parameter of a resource's create or update, or a field of its body. */
export interface DocumentedParameter {
  /** As Twilio writes it, e.g. `FriendlyName` or `Configuration.Filters`. */
  readonly name: string;
  /** The operations that take it. A parameter that only `create` takes can't change without replacement. */
  readonly on: readonly ("create" | "update")[];
  /** Required by the operations named. */
  readonly requiredOn: readonly ("create" | "update")[];
  /** The schema on `create`, or on `update` when create does not take it. */
  readonly schema: Schema;
}

export interface DocumentedField {
  /** Snake case, e.g. `friendly_name`. */
  readonly name: string;
  readonly schema: Schema;
}

interface ResourceOperations {
  readonly create: Operation | undefined;
  readonly update: Operation | undefined;
  readonly fetch: Operation | undefined;
}

/** The operation on one resource of a collection: below `/v1/Workspaces` that is `/v1/Workspaces/{Sid}`. */
function onInstance(product: Product, method: Method, collection: string): Operation | undefined {
  const [, base = collection, suffix = ""] = /^(.*?)(\.json)?$/.exec(collection) ?? [];
  return operations(product).find(
    ({ path, ...operation }) =>
      operation.method === method &&
      path.startsWith(`${base}/{`) &&
      path.endsWith(`}${suffix}`) &&
      !path.slice(base.length + 1).includes("/"),
  );
}

/**
 * A collection path names create there and update and fetch below it. A path whose POST updates (a resource without
 * create, such as `…/Channels/{Sid}` of a worker or `/v1/Configuration`) names itself.
 */
function resourceOperations(product: Product, resourcePath: string): ResourceOperations {
  const post = findOperation(product, "POST", resourcePath);
  const found: ResourceOperations =
    post === undefined || post.operationId.startsWith("Create")
      ? {
          create: post,
          update: onInstance(product, "POST", resourcePath),
          fetch: onInstance(product, "GET", resourcePath),
        }
      : { create: undefined, update: post, fetch: findOperation(product, "GET", resourcePath) };
  if (found.create === undefined && found.update === undefined && found.fetch === undefined) {
    throw new Error(
      `${product} documents no resource at ${resourcePath}: give the path template of a collection, e.g. ` +
        "/v1/Workspaces/{WorkspaceSid}/TaskQueues, or of a resource that has no create.",
    );
  }
  return found;
}

/**
 * Every body parameter that Twilio documents for a resource's create and update, in the document's order. A
 * parameter sent as JSON body (Flex Configuration) is not described by Twilio and so not listed.
 */
export function requestParameters(product: Product, resourcePath: string): DocumentedParameter[] {
  const { create, update } = resourceOperations(product, resourcePath);
  const found = new Map<string, DocumentedParameter>();
  for (const [on, operation] of [
    ["create", create],
    ["update", update],
  ] as const) {
    for (const { name, required, schema, ...parameter } of operation?.parameters ?? []) {
      if (parameter.in !== "form") continue;
      const known = found.get(name) ?? { name, on: [], requiredOn: [], schema };
      found.set(name, {
        ...known,
        on: [...known.on, on],
        requiredOn: required ? [...known.requiredOn, on] : known.requiredOn,
      });
    }
  }
  return [...found.values()];
}

/** Every field that Twilio documents for a resource's answers (fetch, else create or update), in the document's order. */
export function responseFields(product: Product, resourcePath: string): DocumentedField[] {
  const { create, update, fetch } = resourceOperations(product, resourcePath);
  const found = new Map<string, DocumentedField>();
  for (const operation of [fetch, create, update]) {
    for (const [status, { schema }] of operation?.responses ?? []) {
      if (status >= 300) continue;
      for (const [name, field] of Object.entries(schema?.properties ?? {})) {
        if (!found.has(name)) found.set(name, { name, schema: field });
      }
    }
  }
  return [...found.values()];
}

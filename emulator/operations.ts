/**
 * Writes each product's `operations.txt`: what Twilio's OpenAPI documents list, so that an operation that the
 * local Twilio lacks answers 501 by name. Run `node emulator/operations.ts` after an update of `@twilio/cli-core`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { Operations } from "./kernel/product.ts";

/** Product folder → OpenAPI document. */
export const documents = {
  taskrouter: "taskrouter_v1",
  chat: "chat_v2",
  proxy: "proxy_v1",
  studio: "studio_v2",
  flex: "flex_v1",
  api: "api_v2010",
  messaging: "messaging_v1",
} as const;

export type ProductName = keyof typeof documents;

/** Reads the operations of a product from the OpenAPI document that `@twilio/cli-core` has. */
export function operationsOf(product: ProductName): Operations {
  const name = `twilio_${documents[product]}.json`;
  const file = new URL(`../node_modules/@twilio/cli-core/src/services/twilio-api/${name}`, import.meta.url);
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  const operations: Record<string, Record<string, string>> = {};
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { operationId }] of Object.entries(methods)) {
      if (operationId !== undefined) (operations[path] ??= {})[method.toUpperCase()] = operationId;
    }
  }
  return operations;
}

export function operationsFile(product: ProductName): URL {
  return new URL(`products/${product}/operations.txt`, import.meta.url);
}

/** One operation per line: method, path, operation id. */
export function formatOperations(operations: Operations): string {
  const lines = Object.entries(operations).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => `${method} ${path} ${operation}\n`),
  );
  return lines.join("");
}

if (import.meta.main) {
  for (const product of Object.keys(documents) as ProductName[]) {
    writeFileSync(operationsFile(product), formatOperations(operationsOf(product)));
  }
}

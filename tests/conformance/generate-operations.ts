/**
 * Writes emulator/operations.json: every operation in Twilio's OpenAPI documents, by host and route, so that
 * the local Twilio can tell "not here yet" (501) from "no such thing" (404) without the documents at run time.
 *
 *     node tests/conformance/generate-operations.ts
 */
import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { operations, products } from "./openapi.ts";

/** Operation id by host and route, as in `GET /v1/Workspaces/{Sid}`. */
export type DocumentedOperations = Record<string, Record<string, string>>;

export const operationsFile = new URL("../../emulator/operations.json", import.meta.url);

export function documentedOperations(): DocumentedOperations {
  const found: DocumentedOperations = {};
  for (const { host, path, method, operationId } of products.flatMap(operations)) {
    (found[host] ??= {})[`${method} ${path}`] = operationId;
  }
  return found;
}

if (import.meta.main) {
  writeFileSync(
    operationsFile,
    await format(JSON.stringify(documentedOperations()), { parser: "json", printWidth: 110 }),
  );
}

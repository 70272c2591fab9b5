/**
 * Writes emulator/operations.json: every operation in Twilio's OpenAPI documents, by host and path template, so that
 * the local Twilio can tell "not here yet" (501) from "no such thing" (404) without the documents at run time.
 *
 *     npm run operations
 */
import { writeFileSync } from "node:fs";
import { operations, products } from "./openapi.ts";

/** Operation id by host, path template and method. */
export type DocumentedOperations = Record<string, Record<string, Record<string, string>>>;

export const operationsFile = new URL("../../emulator/operations.json", import.meta.url);

export function documentedOperations(): DocumentedOperations {
  const found: DocumentedOperations = {};
  for (const { host, path, method, operationId } of products.flatMap(operations)) {
    ((found[host] ??= {})[path] ??= {})[method] = operationId;
  }
  return found;
}

/** The file's text: a line per path, so that a new version of the documents makes a readable difference. */
export function operationsText(): string {
  const hosts = Object.entries(documentedOperations()).map(([host, paths]) => {
    const lines = Object.entries(paths).map(
      ([path, methods]) => `    ${JSON.stringify(path)}: ${JSON.stringify(methods)}`,
    );
    return `  ${JSON.stringify(host)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n${hosts.join(",\n")}\n}\n`;
}

if (import.meta.main) writeFileSync(operationsFile, operationsText());

/**
 * Writes emulator/operations.json and emulator/operations-beyond.json: every operation in Twilio's OpenAPI documents, by
 * host and path template, so that the local Twilio can tell "not here yet" (501) from "no such thing" (404) without the
 * documents at run time. The first has the products that it stands for, the second all others.
 *
 *     npm run operations
 */
import { writeFileSync } from "node:fs";
import { allDocuments } from "./allDocuments.ts";
import { products } from "./openapi.ts";

/** Operation id by host, path template and method. */
export type DocumentedOperations = Record<string, Record<string, Record<string, string>>>;

export const operationsFile = new URL("../../emulator/operations.json", import.meta.url);
export const beyondFile = new URL("../../emulator/operations-beyond.json", import.meta.url);

function collect(isWanted: (document: string) => boolean): DocumentedOperations {
  const found: DocumentedOperations = {};
  // In the order of `products`, then of names: the files change only where the documents do.
  const ranks = new Map<string, number>(products.map((product, rank) => [product, rank]));
  const documents = [...allDocuments()].sort(
    ([a], [b]) => (ranks.get(a) ?? products.length) - (ranks.get(b) ?? products.length) || (a < b ? -1 : 1),
  );
  for (const [document, operations] of documents) {
    if (!isWanted(document)) continue;
    for (const { host, path, method, operationId } of operations)
      ((found[host] ??= {})[path] ??= {})[method] ??= operationId;
  }
  return found;
}

const isProduct = (document: string): boolean => products.some((product) => product === document);

/** What the documents of the emulator's products list. */
export const documentedOperations = (): DocumentedOperations => collect(isProduct);

/** What all other documents list. */
export const operationsBeyond = (): DocumentedOperations => collect((document) => !isProduct(document));

/** A file's text: a line per path, so that a new version of the documents makes a readable difference. */
export function operationsText(operations: DocumentedOperations): string {
  const hosts = Object.entries(operations).map(([host, paths]) => {
    const lines = Object.entries(paths).map(
      ([path, methods]) => `    ${JSON.stringify(path)}: ${JSON.stringify(methods)}`,
    );
    return `  ${JSON.stringify(host)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n${hosts.join(",\n")}\n}\n`;
}

if (import.meta.main) {
  writeFileSync(operationsFile, operationsText(documentedOperations()));
  writeFileSync(beyondFile, operationsText(operationsBeyond()));
}

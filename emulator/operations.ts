import { readFileSync } from "node:fs";
import type { Operations } from "./kernel/product.ts";

const hosts = JSON.parse(readFileSync(new URL("operations.json", import.meta.url), "utf8")) as Record<
  string,
  Operations
>;

/** What Twilio's OpenAPI documents list for a host; `tests/conformance/generate-operations.ts` writes the file. */
export function operationsOf(host: string): Operations {
  const operations = hosts[host];
  if (operations === undefined) throw new Error(`operations.json has nothing of ${host}`);
  return operations;
}

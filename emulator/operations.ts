import { readFileSync } from "node:fs";
import type { Operations } from "./kernel/product.ts";

type Hosts = Readonly<Record<string, Operations>>;

const read = (file: string): Hosts =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as Hosts;

const hosts = read("operations.json");
let beyond: Hosts | undefined;

/** What Twilio's OpenAPI documents list for a host; `tests/conformance/generate-operations.ts` writes the files. */
export function operationsOf(host: string): Operations {
  const operations = hosts[host];
  if (operations === undefined) throw new Error(`operations.json has nothing of ${host}`);
  return operations;
}

/**
 * What Twilio's other documents list for a host: of hosts and of versions that no product here has. Undefined where they
 * have none of that host. Read when first asked: most local Twilios never are.
 */
export function operationsBeyond(host: string): Operations | undefined {
  beyond ??= read("operations-beyond.json");
  return Object.hasOwn(beyond, host) ? beyond[host] : undefined;
}

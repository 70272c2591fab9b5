import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";

/**
 * Compares a text with the file of that name in this folder. SIDs, which are others in each run, stand as `WQ…`.
 * `UPDATE_GOLDEN=1` writes the file: read what changed before you commit it.
 */
export function expectGolden(name: string, text: string): void {
  const file = join(import.meta.dirname, name);
  const steady = text.replaceAll(/\b([A-Z]{2})[0-9a-f]{32}\b/g, "$1…");
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, steady);
  expect(steady).toBe(readFileSync(file, "utf8"));
}

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileState } from "./file-state.ts";

/**
 * Takes away what a killed or starved Pulumi left of its side files (`dev.json.attrs`). They hold a type and a checksum
 * that nobody needs, but one that is empty or cut short makes the file beside it unreadable.
 *
 * @returns the files taken away
 */
export function mendSidecars({ root, file, locks, backups }: FileState): string[] {
  const folders = [join(root, ".pulumi"), dirname(file), locks, backups];
  const broken = folders.flatMap((folder) =>
    listed(folder)
      .filter((name) => name.endsWith(".attrs"))
      .map((name) => join(folder, name))
      .filter(isBroken),
  );
  for (const sidecar of broken) rmSync(sidecar, { force: true });
  return broken;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isBroken(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return false;
  } catch (error) {
    return error instanceof SyntaxError;
  }
}

import { rmSync } from "node:fs";

/** Removes the database of a local Twilio, with its journal. */
export function removeDatabase(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
}

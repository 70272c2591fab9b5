import { existsSync } from "node:fs";
import type { FileState } from "./file-state.ts";
import { readStateText } from "./state-text.ts";

/**
 * A state in a folder of this machine as `pulumi stack export` prints it, secrets encrypted; undefined when there is none.
 * Pulumi puts a new state in the place of the old one at once, so what is read is whole; whether it is sound was
 * looked at before (`requireSoundState`).
 */
export function readExport({ file }: FileState): string | undefined {
  if (!existsSync(file)) return undefined;
  const { checkpoint, ...format } = JSON.parse(readStateText(file)) as { checkpoint: { latest?: object } };
  return JSON.stringify({ ...format, deployment: checkpoint.latest ?? {} });
}

import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { cutShort, empty, stateFault } from "./damage.ts";
import type { FileState } from "./file-state.ts";
import { readLocks } from "./locks.ts";
import { readStateText } from "./state-text.ts";

/** Where a copy of the state lies while a run may spoil it: beside the journal. */
export function keptCopy(journal: string): string {
  return journal.replace(/(\.journal)?$/, ".before");
}

/** Keeps the state as it is before a run. A disk that is full in the middle spoils both of Pulumi's: it and its `.bak`. */
export function keepState(state: FileState, journal: string): void {
  if (!existsSync(state.file)) return;
  const kept = keptCopy(journal);
  mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
  copyFileSync(state.file, `${kept}.tmp`);
  renameSync(`${kept}.tmp`, kept);
}

/** The newest whole copy of a state that a run cut short; undefined where there is none, or the state is whole. */
export function wholeCopy(state: FileState, stack: string, journal: string): string | undefined {
  // Without a journal nobody knows what was made since.
  if (!existsSync(journal)) return undefined;
  const fault = stateFault(state.file, stack);
  if (fault !== cutShort && fault !== empty) return undefined;
  return [`${state.file}.bak`, keptCopy(journal)]
    .filter((copy) => existsSync(copy) && stateFault(copy, stack) === undefined)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/**
 * Puts the newest whole copy in the place of a state that was cut short while it was written. What was made since stands
 * in the journal, and is found.
 *
 * @returns when the copy was made; undefined where nothing was to be done, or a process is at work
 */
export function restoreState(state: FileState, stack: string, journal: string): Date | undefined {
  const copy = wholeCopy(state, stack, journal);
  if (copy === undefined) return undefined;
  if (readLocks(state.locks).some(({ kind }) => kind === "running" || kind === "elsewhere")) return undefined;
  const made = statSync(copy).mtime;
  const next = `${state.file}.restored`;
  try {
    copyFileSync(copy, next);
    renameSync(next, state.file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
  return made;
}

/** What a copy holds, as `pulumi stack export` would print it. */
export function exportedFrom(copy: string): string {
  const { checkpoint } = JSON.parse(readStateText(copy)) as { checkpoint?: { latest?: unknown } };
  return JSON.stringify({ version: 3, deployment: checkpoint?.latest ?? {} });
}

import { existsSync, statfsSync, statSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../failure/failure.ts";
import type { FileState } from "./file-state.ts";

/** What is asked of a disk; tests have one of their own. */
export interface Disk {
  statfs(folder: string): { blocks: number; bavail: number; bsize: number; files: number; ffree: number };
  /** Writes a file of so many bytes and takes it away again. */
  tryWrite(file: string, size: number): Promise<void>;
}

export const realDisk: Disk = {
  statfs: (folder) => statfsSync(folder),
  async tryWrite(file, size) {
    try {
      const opened = await open(file, "w", 0o600);
      try {
        await opened.writeFile(Buffer.alloc(size));
      } finally {
        await opened.close();
      }
    } finally {
      await rm(file, { force: true });
    }
  },
};

/** Why nothing can be written to a folder. */
export interface Unwritable {
  folder: string;
  /** Such as "the disk is full". */
  why: string;
  /** What is to be done about it, in the imperative. */
  way: string;
}

/** The errors of a system that mean that a disk takes nothing; others are none of ours to judge. */
const reasons: Readonly<Record<string, Omit<Unwritable, "folder">>> = {
  ENOSPC: { why: "the disk is full", way: "Make room there" },
  EDQUOT: { why: "your share of the disk is used up", way: "Make room there" },
  EROFS: { why: "the disk is read-only", way: "Make it writable" },
  EACCES: { why: "you have no right to write there", way: "Correct the permissions" },
  EPERM: { why: "you have no right to write there", way: "Correct the permissions" },
  EIO: { why: "the disk fails", way: "Look after the disk" },
};

/** Bytes a run needs beside the state itself: its lock, the journal, the history. */
const beside = 1024 * 1024;

/** How many copies of the state there are at most while it is written: itself, the new one, `.bak`, backup, history. */
const copies = 4;

/**
 * Refuses to begin what could not be recorded: nearly nothing is left on the state's disk.
 *
 * @throws Failure that names the folder, what is left and what is needed
 */
export function requireRoom(state: FileState, disk: Disk = realDisk): void {
  const folder = nearest(dirname(state.file));
  let found: ReturnType<Disk["statfs"]>;
  try {
    found = disk.statfs(folder);
  } catch {
    return;
  }
  // Some network disks do not say how large they are.
  const left = found.blocks > 0 ? found.bavail * found.bsize : Infinity;
  const needed = neededFor(state);
  const fewFiles = found.files > 0 && found.ffree < 16;
  if (left >= needed && !fewFiles) return;
  throw new Failure({
    what: `There is no room to record what would be done: the disk of ${folder} is ${left === 0 || fewFiles ? "" : "nearly "}full.`,
    why: fewFiles
      ? `It takes ${found.ffree} more files.`
      : `${kilobytes(left)} are left; the state and its copies may need ${kilobytes(needed)}.`,
    fix: "Make room there, then run it again. Nothing was done.",
  });
}

/**
 * Tries to write beside the state what Pulumi writes: as much in one file.
 *
 * @returns why that failed; undefined where it did not, or for a reason of its own
 */
export async function whyUnwritable(
  state: FileState,
  disk: Disk = realDisk,
): Promise<Unwritable | undefined> {
  const folder = nearest(dirname(state.file));
  try {
    await disk.tryWrite(join(folder, `.flex-stack-${process.pid}.tmp`), sizeOf(state.file) + 16 * 1024);
    return undefined;
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""];
    return reason && { folder, ...reason };
  }
}

/** Bytes that should be free for a run. */
export function neededFor({ file }: FileState): number {
  return copies * sizeOf(file) + beside;
}

/** `1.2 MB`, `12 kB` */
export function kilobytes(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The folder itself or, where it is not made yet, the one it will be made in. */
function nearest(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));
}

import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stillRuns } from "./process-start.ts";

/** A process that works on a stack, or did. */
export interface Lock {
  file: string;
  /** `torn`: whoever began to write it did not get to the end. */
  kind: "running" | "ended" | "elsewhere" | "torn";
  pid: number;
  /** `ann@host` */
  owner: string;
  /** ISO 8601. */
  since: string;
}

/** A lock half written is left alone for so long, in milliseconds: its writer may be about to finish. */
const tornAfter = 2000;
const pollEvery = 200;

export interface LockOptions {
  tell(text: string): void;
  signal: AbortSignal;
  /** Milliseconds to wait for a process that is at work. */
  patience: number;
}

/** Who has a stack locked, as Pulumi's file backend keeps it. */
export function readLocks(folder: string): Lock[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => !name.endsWith(".attrs"))
    .flatMap((name) => readLock(join(folder, name)) ?? []);
}

/**
 * Takes away the locks that processes of this machine left when they were killed, and waits for one that is at work.
 * Those of other machines stay. Each lock is a file of its own with a name never used twice, so two that do this at
 * once take away the same and nothing else; Pulumi then lets in one of them.
 *
 * @returns when the run began whose lock was taken away, in milliseconds since 1970
 */
export async function settleLocks(
  folder: string,
  { tell, signal, patience }: LockOptions,
): Promise<number | undefined> {
  let began: number | undefined;
  const until = Date.now() + patience;
  const told = new Set<string>();
  for (;;) {
    const locks = readLocks(folder);
    for (const lock of locks.filter(isLeft)) {
      rmSync(lock.file, { force: true });
      rmSync(`${lock.file}.attrs`, { force: true });
      tell(leftText(lock));
      if (lock.kind === "ended") began = Math.min(began ?? Infinity, Date.parse(lock.since));
    }
    if (locks.some(({ kind }) => kind === "elsewhere")) return began;
    const waited = locks.filter((lock) => !isLeft(lock));
    const [running] = waited.filter(({ kind }) => kind === "running");
    if (waited.length === 0 || Date.now() >= until || signal.aborted) return began;
    if (running && !told.has(running.file)) {
      told.add(running.file);
      tell(
        `Process ${running.pid} of ${running.owner} works on this stack since ${running.since}: ` +
          `waiting up to ${Math.round(patience / 1000)} seconds for it to end.`,
      );
    }
    await sleep(pollEvery, undefined, { signal }).catch(() => undefined);
  }
}

function isLeft({ kind, file }: Lock): boolean {
  return kind === "ended" || (kind === "torn" && age(file) > tornAfter);
}

function leftText({ kind, pid, owner, since }: Lock): string {
  return kind === "torn"
    ? "A lock of this stack that was written in part only was taken away: whoever began it was cut short."
    : `An earlier run was killed before it unlocked this stack (process ${pid} of ${owner}, since ${since}): going on in its place.`;
}

function readLock(file: string): Lock | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const { pid, username, hostname: host, timestamp } = parsed(text);
  if (typeof pid !== "number" || typeof host !== "string" || typeof timestamp !== "string")
    return { file, kind: "torn", pid: 0, owner: "", since: "" };
  const kind =
    host !== hostname() ? "elsewhere" : stillRuns(pid, Date.parse(timestamp)) ? "running" : "ended";
  return { file, kind, pid, owner: `${String(username)}@${host}`, since: timestamp.replace(/\.\d+/, "") };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function age(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, watch, type FSWatcher } from "node:fs";
import { basename, extname, join, relative, sep } from "node:path";

/** Milliseconds without another change after which what was changed is told: an editor writes several files at once. */
const pause = 250;

/** What programs, their configuration and their policy packs are made of. */
const extensions: ReadonlySet<string> = new Set([
  ...[".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"],
  ...[".json", ".yaml", ".yml"],
]);

/** Folders that others write into, and those that no program is read from. */
const ignoredFolders: ReadonlySet<string> = new Set(["node_modules", "dist", "coverage", "tests"]);

export interface FileWatch {
  close(): void;
}

/**
 * Watches the files of a project that decide what its stack declares. A file that is written and says the same is not told.
 *
 * @param onChange Is given paths of files, from the folder, with `/`
 */
export function watchFiles(folder: string, onChange: (files: readonly string[]) => void): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  const hashes = new Map<string, string>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    const files = [...changed].filter((file) => differs(file)).map((file) => named(folder, file));
    changed.clear();
    if (files.length > 0) onChange(files.toSorted());
  };
  const differs = (file: string): boolean => {
    const now = hashOf(file);
    const isSame = hashes.get(file) === now;
    hashes.set(file, now);
    return !isSame;
  };
  const notice = (file: string): void => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(tell, pause);
  };
  const add = (at: string): void => {
    if (watchers.has(at)) return;
    try {
      const watcher = watch(at, (_, name) => {
        if (name === null) return;
        const path = join(at, name);
        if (isWatched(name)) notice(path);
        else if (!isIgnored(name)) add(path);
      });
      // It goes with its folder.
      watcher.on("error", () => remove(at));
      watchers.set(at, watcher);
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        const path = join(at, entry.name);
        if (entry.isDirectory() && !isIgnored(entry.name)) add(path);
        else if (isWatched(entry.name)) hashes.set(path, hashOf(path));
      }
    } catch {
      // What is no folder, or is gone again, has nothing to watch.
      remove(at);
    }
  };
  const remove = (at: string): void => {
    watchers.get(at)?.close();
    watchers.delete(at);
  };

  add(folder);
  return {
    close: () => {
      clearTimeout(timer);
      for (const at of [...watchers.keys()]) remove(at);
    },
  };
}

function isWatched(name: string): boolean {
  return extensions.has(extname(name)) && !name.startsWith(".") && !/\.test\.\w+$/.test(name);
}

function isIgnored(name: string): boolean {
  return basename(name).startsWith(".") || ignoredFolders.has(name);
}

/** Of what it says; of a file that is not there, nothing. */
function hashOf(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return "";
  }
}

function named(folder: string, file: string): string {
  return relative(folder, file).split(sep).join("/");
}

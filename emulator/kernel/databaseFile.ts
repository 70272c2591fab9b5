import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  readSync,
} from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { damagedText } from "./storageFault.ts";

/** Says that a database is one of ours ("TwLo"), whatever its name. */
export const databaseMark = 0x54774c6f;

/** What a journal of SQLite begins with, by the order of its bytes. */
const journalMarks = ["377f0682", "377f0683"];

/**
 * Makes the folder of a database, and refuses what SQLite would pass over in silence: it takes a journal that it can't
 * read for none, and puts in one that belongs elsewhere.
 *
 * @throws Error that says what is wrong with which file, and what to do
 */
export function requireUsable(file: string): void {
  makeFolder(file);
  if (!existsSync(file)) {
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
    throw new Error(
      `${file} is a link that leads nowhere (${readlinkSync(file)}). Bring back what it leads to, or delete the link.`,
    );
  }
  const journal = `${file}-wal`;
  const head = startOf(journal);
  if (head === "") return;
  if (!journalMarks.includes(head)) {
    throw new Error(
      `${journal} is damaged (it is no journal of SQLite): what was written last is in it. Put a copy of it back, or ` +
        "delete it to go on without that.",
    );
  }
  requireOwnJournal(file);
}

/** What is asked of the system; tests have one of their own. */
interface System {
  mkdir(folder: string): void;
  /** Throws where a folder can't be written. */
  access(folder: string): void;
}

const realSystem: System = {
  mkdir: (folder) => mkdirSync(folder, { recursive: true }),
  access: (folder) => accessSync(folder, constants.W_OK),
};

/** Makes the folder that a file is to lie in. */
export function makeFolder(file: string, system: System = realSystem): void {
  try {
    system.mkdir(dirname(file));
  } catch (error) {
    const there = nearest(dirname(file));
    // Of a read-only disk Node says that something does not exist.
    try {
      system.access(there);
    } catch {
      throw new Error(
        `${file} can't be made: ${there} is read-only. Make it writable, or choose another file.`,
      );
    }
    throw error;
  }
}

function nearest(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));
}

/**
 * Which right is missing to use a database that SQLite could not open; undefined where that is not it. Not to be asked of
 * one that is open in this process: closing a file takes away the locks that SQLite has on it.
 */
export function missingRight(file: string): Error | undefined {
  if (isDenied(file, "r+") && !isDenied(file, "r")) {
    return new Error(
      `${file} can't be written: it or its folder is read-only. Correct the permissions, or choose another file.`,
    );
  }
  if (!isDenied(file, "r")) return undefined;
  return new Error(`${file} can't be opened: you have no right to read it. Correct its permissions.`);
}

function isDenied(file: string, flags: "r" | "r+"): boolean {
  try {
    closeSync(openSync(file, flags));
    return false;
  } catch (error) {
    return ["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "");
  }
}

/** The first four bytes in hex; nothing where there are none, or where it is a folder, which SQLite tells of. */
function startOf(file: string): string {
  let opened: number;
  try {
    opened = openSync(file, "r");
  } catch {
    return "";
  }
  try {
    const start = Buffer.alloc(4);
    return start.subarray(0, readSync(opened, start, 0, 4, 0)).toString("hex");
  } catch {
    return "";
  } finally {
    closeSync(opened);
  }
}

/**
 * Looks at a database with the journal that a killed process left, without putting it in: one of another database would
 * spoil this one for good.
 */
function requireOwnJournal(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const found = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
    const mark = database.prepare("PRAGMA application_id").get()?.["application_id"];
    const loose = database.prepare("PRAGMA foreign_key_check").get();
    if (found === "ok" && mark === databaseMark && loose === undefined) return;
    throw new Error(
      damagedText(file, found === "ok" ? `${file}-wal is the journal of another database` : String(found)),
    );
  } finally {
    database.close();
  }
}

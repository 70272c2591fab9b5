import { TwilioError } from "./errors.ts";

/** A stored resource that can't be read. */
export class DamagedRow extends Error {}

/**
 * The database can't be written or read. 507 is the answer that HTTP says must not be tried again by itself; the code is
 * ours, as Twilio has no 20507.
 */
export class StorageFault extends TwilioError {
  constructor(sentence: string) {
    super(507, 20507, sentence);
    this.name = "StorageFault";
  }

  /** Without a page of Twilio's: it has none about this. */
  override toJSON(): object {
    const { code, message, status } = this;
    return { code, message, status };
  }
}

/** SQLite's primary result codes of what is no fault of a request: https://www.sqlite.org/rescode.html. */
const readOnly = 8;
const inputOutput = 10;
const corrupt = 11;
const full = 13;
const cantOpen = 14;
const noDatabase = 26;
const ofStorage = [readOnly, inputOutput, corrupt, full, cantOpen, noDatabase];

/** SQLite's primary result code, whatever it has to add to it; undefined for errors of others. */
export function sqliteCode(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  return typeof errcode === "number" ? errcode & 0xff : undefined;
}

/** Whether an error says that the database itself can't be used: whoever is told can't help it, and nothing was written. */
export function isStorageFault(error: unknown): boolean {
  if (error instanceof StorageFault || error instanceof DamagedRow) return true;
  const code = sqliteCode(error);
  return code !== undefined && ofStorage.includes(code);
}

/** Why a database can't be written any more; undefined where it is not that. */
export function whyUnwritable(error: unknown): string | undefined {
  const code = sqliteCode(error);
  if (code === full) return "the disk is full";
  if (code === readOnly) return "it or its folder is read-only";
  return undefined;
}

function wayOut(error: unknown): string {
  return sqliteCode(error) === full ? "Make room there" : "Correct the permissions";
}

/** Why the account in a file can't be used, in one sentence with a way out; undefined for other errors. */
export function explainDamage(error: unknown, file: string): Error | undefined {
  const why = whyUnwritable(error);
  if (why !== undefined)
    return new Error(`${file} can't be written: ${why}. ${wayOut(error)}, or choose another file.`);
  // SQLite's own words for a broken page (11) and for a table that is not as this program makes it (1).
  const code = sqliteCode(error);
  const unreadable = error instanceof SyntaxError || error instanceof DamagedRow;
  if (code !== corrupt && code !== 1 && !unreadable) return undefined;
  return new Error(damagedText(file, (error as Error).message));
}

/** What is said of a damaged database. */
export function damagedText(file: string, why: string): string {
  return (
    `${file} is damaged (${why}). Put a copy of it back, or delete it with its -wal file: the next start makes a new ` +
    "account, without what this one held."
  );
}

/** What a request is told whose data can't be read or written: what, why and what to do. */
export function storageFault(error: unknown, file: string): StorageFault | undefined {
  if (error instanceof StorageFault) return error;
  if (!isStorageFault(error)) return undefined;
  const why = whyUnwritable(error);
  const { message } = error as Error;
  if (why !== undefined) {
    return new StorageFault(
      `The local Twilio can't write ${file}: ${why}. Nothing was changed, and reads go on. ` +
        `${wayOut(error)}, then run it again.`,
    );
  }
  if (sqliteCode(error) === inputOutput || sqliteCode(error) === cantOpen) {
    return new StorageFault(
      `The local Twilio can't use ${file}: ${message}. Look after the disk, then start the local Twilio again.`,
    );
  }
  return new StorageFault(
    `${file} is damaged (${message}). Stop the local Twilio and put a copy of it back, or delete it with its -wal file: the ` +
      "next start makes a new account, without what this one held.",
  );
}

/** How long a fault that goes on is not told again, in milliseconds. */
const quiet = 60_000;

/** Tells of faults of the database in one sentence, and of one that goes on not with each request. */
export function storageReport(
  file: string,
  onError: (error: unknown) => void,
  now: () => number = () => performance.now(),
): (error: unknown) => StorageFault | undefined {
  let last: string | undefined;
  let at = 0;
  return (error) => {
    const fault = storageFault(error, file);
    if (fault === undefined) return undefined;
    if (fault.message !== last || now() - at >= quiet) {
      last = fault.message;
      at = now();
      onError(fault);
    }
    return fault;
  };
}

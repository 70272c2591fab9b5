import { copyFileSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Journal, readNotes, type NoteOf } from "../../provider/access.ts";
import { shortName } from "../pulumi/stack-name.ts";
import { Failure } from "../failure/failure.ts";
import type { StackRun } from "../session/stack-run.ts";
import { fileState } from "../state/file-state.ts";
import { longest } from "../state/interrupted.ts";
import { keptCopy } from "../state/restore.ts";

/** What the time of a lock is exact to, in milliseconds. */
const second = 1000;

/**
 * Finds out whether notes of an earlier run are missing: the journal was damaged, emptied or removed, or another stack's
 * took its place. Then nobody may take for not sent what is not noted; the journal says so from here on, until all is
 * recorded, and so is the person told.
 *
 * @param began When the run began whose lock was taken away, in milliseconds since 1970.
 * @throws Failure where the journal is there and can't be read
 */
export function accountForLostNotes({ session, dialogue }: StackRun, began: number | undefined): void {
  const { name, place, journal: file } = session;
  const tell = (text: string): void => dialogue.print(`Stack ${name}: ${text}`);
  requireReadable(file);
  const others = setAside(file, `urn:pulumi:${shortName(name)}::${place.project}::`);
  if (others !== undefined)
    tell(
      `the notes of earlier runs (${file}) had those of another stack among them: they are in ${others} now.`,
    );
  const journal = new Journal(file);
  const state = fileState(place);
  const kept = state && timeOf(keptCopy(file));
  const missing = !journal.noted && journal.lostSince === undefined && kept !== undefined;
  if (!journal.damaged && !missing) {
    // It may as well have been Pulumi by itself, which notes nothing: then nothing is to be taken for made.
    const silent = began !== undefined && state !== undefined && (timeOf(state.file) ?? 0) < began + second;
    if (silent && !existsSync(dirname(file)))
      tell(
        `there are no notes of that run (${file}). If it was of flex-stack, what it made is not known: ` +
          `npx flex-stack drift --unmanaged all --stack ${name} names what nobody looks after.`,
      );
    return;
  }
  const starts = [...journal.all.values()].flatMap(({ create }) => create?.started || []);
  const known = [began, kept, journal.began, ...starts].filter((time) => time !== undefined);
  const since = known.length > 0 ? Math.min(...known) : Date.now() - longest;
  journal.begin("", { step: "lost", since });
  tell(
    `notes of a run that was cut short are ${journal.damaged ? "damaged" : "missing"} (${file}). What it made since ` +
      `${new Date(since).toISOString()} is looked for by name, time and values, and what is recorded is read again. What ` +
      "was there before it took something over is not known, nor what it made with other values than the program has " +
      "now: look at the account for that.",
  );
}

function requireReadable(file: string): void {
  const { unreadable } = readNotes(file);
  if (unreadable === undefined) return;
  throw new Failure({
    what: `The notes of what earlier runs made can't be read: ${file}.`,
    why: unreadable,
    fix:
      "Correct its permissions; or, where it is no file, move it away and run it again: " +
      "then it is looked for in the account what was made.",
  });
}

/**
 * Takes out of a journal what is not of this stack: no run of it notes that, so somebody put it there.
 *
 * @returns where all of it is kept; undefined where there is nothing of another stack
 */
function setAside(file: string, ownStack: string): string | undefined {
  const { notes } = readNotes(file);
  const isOthers = ({ urn }: NoteOf): boolean => urn !== "" && !urn.startsWith(ownStack);
  if (!notes.some(isOthers)) return undefined;
  const aside = `${file}.of-another-stack`;
  copyFileSync(file, aside);
  // Whose runs it tells of is not known either.
  const own = notes.filter(({ urn }) => urn.startsWith(ownStack));
  const lines = own.map(({ urn, note }) => `${JSON.stringify({ urn, ...note })}\n`);
  writeFileSync(`${file}.tmp`, lines.join(""), { mode: 0o600 });
  if (lines.length > 0) renameSync(`${file}.tmp`, file);
  else for (const one of [`${file}.tmp`, file]) rmSync(one);
  return aside;
}

function timeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

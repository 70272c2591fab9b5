import { readFileSync } from "node:fs";
import { isObject } from "./value.ts";
import type { Properties } from "./value.ts";

/** How far one resource of the program came, as a run noted before and after what it sent. */
export type Note =
  /** A create is about to be sent; guessed: somebody else found out that it may have been. */
  | { step: "create"; started: number; inputs: Properties; guessed?: true }
  /** Twilio made it. */
  | { step: "made"; id: string }
  /** What is there is about to be changed; the baseline is what it was before. */
  | { step: "takeOver"; id: string; baseline: Properties }
  /** Twilio refused the create: nothing was made. */
  | { step: "refused" }
  /** An update or deletion is about to be sent. */
  | { step: "change" }
  /** Twilio did or refused it. */
  | { step: "changed" }
  /** An update or deletion was cut short: what is there may not be what the state says. */
  | { step: "unsure" }
  /** The run came to its end, and the state has what was done until then. */
  | { step: "recorded" }
  /** A run began whose provider notes what it makes: what is not noted was not sent. By the clock of this machine. */
  | { step: "run"; at?: number }
  /** Notes of what was sent since then are missing: what is not noted may have been sent all the same. */
  | { step: "lost"; since: number };

/** A note, and whose it is; "" for one of the run itself. */
export interface NoteOf {
  urn: string;
  note: Note;
}

/** What a file of notes holds. */
export interface ReadNotes {
  notes: NoteOf[];
  /** Lines that are no notes. A last line that was cut short is one: after it nothing was written. */
  damaged: boolean;
  /** Why the file can't be read, where it is there. */
  unreadable?: string;
}

/** Reads a file of notes; one that is not there has none. */
export function readNotes(file: string): ReadNotes {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { notes: [], damaged: false, ...(code !== "ENOENT" && { unreadable: message }) };
  }
  const notes: NoteOf[] = [];
  let damaged = false;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const read = noteOf(line);
    if (read === undefined) damaged = true;
    else notes.push(read);
    // What was damaged before it is accounted for.
    if (read?.note.step === "lost") damaged = false;
  }
  return { notes, damaged };
}

function noteOf(line: string): NoteOf | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(parsed)) return undefined;
  const { urn, ...note } = parsed as { urn?: unknown; step?: unknown };
  return typeof urn === "string" && isNote(note) ? { urn, note } : undefined;
}

/** What each step has beside its name. */
const parts: Readonly<Record<Note["step"], Readonly<Record<string, (value: unknown) => boolean>>>> = {
  create: { started: isNumber, inputs: isObject },
  made: { id: isText },
  takeOver: { id: isText, baseline: isObject },
  refused: {},
  change: {},
  changed: {},
  unsure: {},
  recorded: {},
  run: {},
  lost: { since: isNumber },
};

function isNote(value: { step?: unknown }): value is Note {
  const { step } = value;
  if (typeof step !== "string" || !Object.hasOwn(parts, step)) return false;
  return Object.entries(parts[step as Note["step"]]).every(([name, fits]) =>
    fits((value as Record<string, unknown>)[name]),
  );
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

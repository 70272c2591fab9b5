import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "./errors.ts";
import { readNotes, type Note } from "./notes.ts";
import type { Properties } from "./value.ts";

export type { Note } from "./notes.ts";

/** What an earlier run began with a resource, and may not have recorded. */
export interface Begun {
  create?: { started: number; inputs: Properties; id?: string; guessed?: true };
  takeOver?: { id: string; baseline: Properties };
  /** What is there may not be what the state says. */
  unsure?: true;
  /** That is so until the state is written: Twilio did or refused what was to be sent. */
  changed?: true;
}

/**
 * A file of notes that outlives this process and the engine: the state says of a create that was cut short only that
 * there was one. Nothing that is secret is noted.
 */
export class Journal {
  readonly #file: string;
  readonly #begun = new Map<string, Begun>();
  readonly #recorded = new Set<string>();
  /** The last note in the file may have been cut short, by a kill or a full disk: the next one begins on a new line. */
  #torn = true;
  /** Some of it can't be read, and nobody has said since when notes are missing for that. */
  readonly damaged: boolean;
  /** Why none of it can be read, where it is there. */
  readonly unreadable: string | undefined;
  /** When the first run began that has noted that, in milliseconds since 1970. */
  readonly began: number | undefined;
  /**
   * Since when notes are missing, in milliseconds since 1970: what is not noted may have been sent all the same.
   * Undefined where none are.
   */
  readonly lostSince: number | undefined;

  /** @param file Read now, for what earlier runs left; made when there is something to note. */
  constructor(file: string) {
    this.#file = file;
    const { notes, damaged, unreadable } = readNotes(file);
    this.damaged = damaged;
    this.unreadable = unreadable;
    this.began = earliest(notes.map(({ note }) => (note.step === "run" ? note.at : undefined)));
    this.lostSince = earliest(notes.map(({ note }) => (note.step === "lost" ? note.since : undefined)));
    let made: string[] = [];
    for (const { urn, note } of notes) {
      if (note.step === "lost") continue;
      apply(this.#begun, urn, note);
      if (note.step === "made" || note.step === "takeOver") made.push(note.id);
      if (note.step === "recorded") for (const id of made) this.#recorded.add(id);
      if (note.step === "recorded" || note.step === "run") made = [];
    }
  }

  /** Whether the state had what was made or taken over once: where it has it no longer, somebody took it out. */
  wasRecorded(id: string): boolean {
    return this.#recorded.has(id);
  }

  /** What an earlier run began. */
  begun(urn: string): Begun | undefined {
    return this.#begun.get(urn);
  }

  /** Whether an earlier run noted what it made, so that what is not noted was not sent. */
  get complete(): boolean {
    return this.noted && this.lostSince === undefined;
  }

  /** Whether an earlier run noted what it made. */
  get noted(): boolean {
    return this.#begun.has("");
  }

  /** All that earlier runs began, by URN. */
  get all(): ReadonlyMap<string, Begun> {
    return this.#begun;
  }

  /** The state knows a resource: what was begun with it is no longer open. */
  recorded(urn: string, id: string): void {
    if (this.#begun.get(urn)?.create?.id === id) this.#begun.delete(urn);
  }

  /** Notes what is about to be sent. @throws UserError where that can't be written: then nothing is to be sent */
  begin(urn: string, note: Note): void {
    try {
      this.#append(urn, note);
    } catch (error) {
      throw new UserError(
        `nothing was sent, because ${this.#file} can't be written: ${(error as Error).message}\n` +
          "Fix: make room on that disk, or correct the folder's permissions, and run it again",
        { cause: error },
      );
    }
  }

  /** Notes what came of it, as well as it can: what was noted before leads there, too. */
  end(urn: string, note: Note): void {
    try {
      this.#append(urn, note);
    } catch {
      // The state is about to say the same.
    }
  }

  #append(urn: string, note: Note): void {
    // Who can't read it does not know what is in it.
    if (this.unreadable !== undefined) throw new Error(this.unreadable);
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const line = `${this.#torn ? "\n" : ""}${JSON.stringify({ urn, ...note })}\n`;
    this.#torn = true;
    appendFileSync(this.#file, line, { mode: 0o600 });
    this.#torn = false;
  }
}

function apply(all: Map<string, Begun>, urn: string, note: Note): void {
  if (note.step === "recorded") record(all);
  if (note.step === "recorded" || note.step === "run") forgetChanged(all);
  const begun = all.get(urn) ?? {};
  if (note.step === "create") {
    const { started, inputs, guessed } = note;
    begun.create = { started, inputs, ...(guessed && { guessed }) };
  } else if (note.step === "made") begun.create = { started: 0, inputs: {}, ...begun.create, id: note.id };
  else if (note.step === "takeOver") begun.takeOver = { id: note.id, baseline: note.baseline };
  else if (note.step === "unsure" || note.step === "change")
    Object.assign(begun, { unsure: true, changed: undefined });
  else if (note.step === "changed") begun.changed = true;
  else if (note.step === "refused") delete begun.create;
  all.set(urn, begun);
}

/** What was answered is as the state says; what was lost may not be. */
function record(all: ReadonlyMap<string, Begun>): void {
  for (const begun of all.values()) if (begun.changed) delete begun.unsure;
}

/** The end of a run tells of what was done in it, and of no other run. */
function forgetChanged(all: ReadonlyMap<string, Begun>): void {
  for (const begun of all.values()) delete begun.changed;
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

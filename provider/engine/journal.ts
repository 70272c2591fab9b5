import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "./errors.ts";
import { isObject } from "./value.ts";
import type { Properties } from "./value.ts";

/** How far one resource of the program came, as a run noted before and after what it sent. */
export type Note =
  /** A create is about to be sent. */
  | { step: "create"; started: number; inputs: Properties }
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
  /** A run began whose provider notes what it makes: what is not noted was not sent. */
  | { step: "run" };

/** What an earlier run began with a resource, and may not have recorded. */
export interface Begun {
  create?: { started: number; inputs: Properties; id?: string };
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

  /** @param file Read now, for what earlier runs left; made when there is something to note. */
  constructor(file: string) {
    this.#file = file;
    let made: string[] = [];
    for (const { urn, note } of readNotes(file)) {
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
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const line = `${this.#torn ? "\n" : ""}${JSON.stringify({ urn, ...note })}\n`;
    this.#torn = true;
    appendFileSync(this.#file, line, { mode: 0o600 });
    this.#torn = false;
  }
}

/** The notes of a file, the last perhaps cut short. */
function readNotes(file: string): { urn: string; note: Note }[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    try {
      const parsed: unknown = JSON.parse(line);
      if (!isObject(parsed)) return [];
      const { urn, ...note } = parsed as { urn?: unknown };
      return typeof urn === "string" ? [{ urn, note: note as Note }] : [];
    } catch {
      return [];
    }
  });
}

function apply(all: Map<string, Begun>, urn: string, note: Note): void {
  if (note.step === "recorded") record(all);
  if (note.step === "recorded" || note.step === "run") forgetChanged(all);
  const begun = all.get(urn) ?? {};
  if (note.step === "create") begun.create = { started: note.started, inputs: note.inputs };
  else if (note.step === "made") begun.create = { started: 0, inputs: {}, ...begun.create, id: note.id };
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

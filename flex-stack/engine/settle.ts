import { rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Journal, UserError } from "../../provider/access.ts";
import { nameOf } from "../changes/resource-change.ts";
import { Failure } from "../failure/failure.ts";
import { accountForLostNotes } from "./lost-notes.ts";
import { requireWritableState } from "../state/damage.ts";
import { fileState } from "../state/file-state.ts";
import { isAccountedFor, notePending } from "../state/interrupted.ts";
import { keepState, keptCopy } from "../state/restore.ts";
import { settleLocks } from "../state/locks.ts";
import { requireRoom } from "../state/room.ts";
import {
  pendingOperations,
  readDeployment,
  remoteResources,
  type DeployedResource,
  type PendingOperation,
} from "../state/deployment.ts";
import type { StackRun } from "../session/stack-run.ts";

/** Milliseconds that a run waits for one before it: one that was told to stop gets some to end its operations. */
const patience = 60_000;

/**
 * What a stack holds, once what a run left that was cut short is put in order: its lock is taken away, and what the
 * state has as begun is noted for the provider, which finds what became of it. A stack that does not exist is undefined.
 */
export async function settle(run: StackRun): Promise<DeployedResource[] | undefined> {
  const { session, dialogue, signal } = run;
  const tell = (text: string): void => dialogue.print(`Stack ${session.name}: ${text}`);
  const state = fileState(session.place);
  if (state) {
    requireWritableState(state);
    requireRoom(state);
  }
  const began = state && (await settleLocks(state.locks, { tell, signal, patience }));
  await run.keepTwilio();
  accountForLostNotes(run, began);
  const text = await session.exportState();
  if (text === undefined) return undefined;
  const pending = pendingOperations(text);
  // Of other providers' resources nobody here can say whether they were made: Pulumi asks for those itself.
  if (pending.length > 0 && pending.every(isAccountedFor)) {
    notePending(session.journal, text, pending, began);
    tell(`an earlier run was cut short at ${namesOf(pending)}; what became of that is looked up.`);
    await session.importState(text);
  }
  return readDeployment(text);
}

/**
 * Notes that a run begins which notes what it makes.
 *
 * @returns when, in milliseconds since 1970
 */
export function beginJournal({ session }: StackRun): number {
  const began = Date.now();
  const state = fileState(session.place);
  try {
    // First the note: a copy of the state without one would mean that notes were lost.
    new Journal(session.journal).begin("", { step: "run", at: began });
    if (state) keepState(state, session.journal);
    return began;
  } catch (error) {
    const { message } = error instanceof UserError ? (error.cause as Error) : (error as Error);
    throw new Failure({
      what: `Nothing was done: what a run makes could not be noted in ${dirname(session.journal)}.`,
      why: message,
      fix: "Make room on that disk, or correct the folder's permissions, then run it again.",
      cause: error,
    });
  }
}

/** Resources of which the state may be wrong: an update or deletion was cut short, or what it did is not recorded. */
export function unsure({ session }: StackRun, deployed: readonly DeployedResource[]): string[] {
  const { all, lostSince } = new Journal(session.journal);
  if (lostSince !== undefined) return remoteResources(deployed).map(({ urn }) => urn);
  // One that was taken over may still be in the state under another name.
  const changed = new Set([...all.values()].flatMap(({ takeOver }) => (takeOver ? [takeOver.id] : [])));
  return deployed.flatMap(({ urn, id }) => (all.get(urn)?.unsure || changed.has(id ?? "") ? [urn] : []));
}

/** Resources that an earlier run may have made, and that the state does not know. */
export function unrecorded({ session }: StackRun, deployed: readonly DeployedResource[]): string[] {
  const ids = new Map(deployed.map(({ urn, id }) => [urn, id]));
  return [...new Journal(session.journal).all].flatMap(([urn, { create, takeOver }]) => {
    const begun = create ?? takeOver;
    return begun === undefined || (ids.has(urn) && ids.get(urn) === begun.id) ? [] : [urn];
  });
}

/** Whether notes are missing of what an earlier run made: any resource of the program may be one of that. */
export function hasLostNotes({ session }: StackRun): boolean {
  return new Journal(session.journal).lostSince !== undefined;
}

/** Everything that was begun is recorded: nothing is left to look up. */
export function forgetJournal({ session }: StackRun): void {
  rmSync(session.journal, { force: true });
  rmSync(keptCopy(session.journal), { force: true });
}

/**
 * Notes that a run came to its end by itself, so that the state has what was done until then.
 *
 * @param began When the run began: a state in a folder that was not written since has none of it.
 * @param complete All that was begun is done, in this run and those before.
 */
export function concludeJournal(run: StackRun, began: number, complete: boolean): void {
  if (complete) return forgetJournal(run);
  const state = fileState(run.session.place);
  const written = state && statSync(state.file, { throwIfNoEntry: false })?.mtimeMs;
  // Files are dated by a clock that ticks some milliseconds.
  if (state && (written ?? 0) + 20 < began) return;
  new Journal(run.session.journal).end("", { step: "recorded" });
}

function namesOf(pending: readonly PendingOperation[]): string {
  const texts = pending.map(({ type, resource }) => `${type} ${nameOf(resource.urn)}`);
  return texts.length > 5 ? `${texts.slice(0, 5).join(", ")} and ${texts.length - 5} more` : texts.join(", ");
}

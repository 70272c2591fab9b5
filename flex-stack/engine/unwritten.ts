import { Failure } from "../failure/failure.ts";
import type { Operation } from "../changes/operation.ts";
import { requireSoundState } from "../state/damage.ts";
import { fileState } from "../state/file-state.ts";
import { kilobytes, neededFor, realDisk, whyUnwritable, type Disk, type Unwritable } from "../state/room.ts";
import { readLocks, settleLocks } from "../state/locks.ts";
import { exportedFrom, wholeCopy } from "../state/restore.ts";
import { watchWrites, type WriteWatch } from "../state/watch-writes.ts";
import { readDeployment, type DeployedResource } from "../state/deployment.ts";
import { listed, recordedOf, saysUnwritten } from "./recorded.ts";
import type { StackSession } from "../session/stack-session.ts";

/** Milliseconds that Pulumi gets to end by itself, told to stop, and again, told to stop at once. */
const grace = 3000;

/** Watches that the state can be written while Pulumi works, and ends Pulumi where it can't; elsewhere nothing. */
export function watchState(
  session: Pick<StackSession, "place" | "pulumi">,
  disk: Disk = realDisk,
): WriteWatch | undefined {
  const state = fileState(session.place);
  if (!state) return undefined;
  return watchWrites({
    probe: () => whyUnwritable(state, disk),
    onUnwritable: () => {
      session.pulumi.interrupt();
      setTimeout(() => session.pulumi.interrupt(), grace).unref();
      setTimeout(() => session.pulumi.kill(), 2 * grace).unref();
    },
  });
}

/** Pulumi's words for a state that it could not write; undefined where it had none. */
export function unwrittenWords({ errors }: Pick<Operation, "errors">): string | undefined {
  return errors.find(({ message }) => saysUnwritten(message))?.message;
}

/**
 * What is said of a run whose state could not be written: what is not recorded, that the next run finds it, and how to go
 * on. The lock of a Pulumi that had to be killed is taken away.
 *
 * @param found Why it can't be written, where that was found out.
 * @param words What Pulumi said, where it said something.
 */
export async function unwrittenFailure(
  session: Pick<StackSession, "name" | "place" | "journal" | "deployed">,
  operation: Operation,
  found: Unwritable | undefined,
  words: string | undefined,
): Promise<Failure> {
  const state = fileState(session.place);
  const why = found ?? (state && (await whyUnwritable(state))) ?? (state && wordsOfSystem(words, state.root));
  if (state && readLocks(state.locks).some(({ kind }) => kind === "ended" || kind === "torn"))
    await settleLocks(state.locks, {
      tell: () => undefined,
      signal: AbortSignal.timeout(5000),
      patience: 3000,
    });
  const copy = state && wholeCopy(state, session.name, session.journal);
  const deployed = copy
    ? readDeployment(exportedFrom(copy))
    : await session.deployed().catch(() => undefined);
  const damage = copy || !state ? undefined : soundness(() => requireSoundState(state, session.name));
  const room = why?.way.startsWith("Make room") && state ? ` (${kilobytes(neededFor(state))} or more)` : "";
  return new Failure({
    what: why
      ? `The state can't be written: ${why.why} (${why.folder}).`
      : `The state of stack "${session.name}" could not be written.`,
    why: `${found ? "Pulumi stood still, and was stopped." : why ? "Pulumi gave up." : words} ${lost(operation, deployed)}`,
    fix:
      (damage ? `${damage.what}. ${damage.why ?? ""} ${damage.fix ?? ""}\nBefore that: ` : "") +
      `${why?.way ?? "Make the state writable"}${room}, then run the same command again: ` +
      (copy ? "it takes the last whole copy of the state, and " : "it goes on from what is recorded, and ") +
      `finds what was made since by the notes in ${session.journal}.`,
  });
}

/** What the state does not know, though it was done or begun. */
function lost(operation: Operation, deployed: readonly DeployedResource[] | undefined): string {
  if (deployed === undefined) return "What is recorded can't be read at the moment.";
  const { missing, open } = recordedOf(operation.changes, deployed, false);
  const names = [...new Set([...missing, ...open])];
  return names.length > 0
    ? `Not recorded, though done or begun: ${listed(names)}.`
    : "What was done last may not be recorded.";
}

function wordsOfSystem(words: string | undefined, folder: string): Unwritable | undefined {
  if (words === undefined) return undefined;
  if (/no space left|quota exceeded/i.test(words))
    return { folder, why: "the disk was full", way: "Make room there" };
  if (/read-only file system/i.test(words))
    return { folder, why: "the disk is read-only", way: "Make it writable" };
  return undefined;
}

function soundness(check: () => void): Failure | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

import type { Operation } from "../changes/operation.ts";
import { holdsUnknown } from "../values/property-value.ts";
import type { ChangeKind } from "../changes/resource-change.ts";
import { shortName } from "../pulumi/stack-name.ts";
import { surroundingsOf } from "../report/preview-report.ts";
import type { Declared } from "../../rehearsal/record-program.ts";
import type { StackSession } from "../session/stack-session.ts";
import type { Surroundings } from "../meaning/index.ts";

/** What a rehearsal needs of a command on a stack. */
interface Rehearsable {
  readonly session: Pick<StackSession, "name" | "projectFolder">;
  readonly signal: AbortSignal;
}

/** Milliseconds after which a rehearsal is given up; it takes one second. */
const patience = 15_000;

/** Options by which Pulumi runs the program with other values than the files of the stack have. */
const otherConfiguration = /^(-c|--config)/;

/**
 * What a preview knows of all resources. SIDs of those that are to be made are not among it, so where a change that is
 * told has one in it, a rehearsal of the program says which resource each belongs to. A program that can't be
 * rehearsed, or not with the same configuration, is told without.
 *
 * @param told Kinds of change whose meaning is told.
 * @param pulumiOptions Options for Pulumi itself, verbatim.
 */
export async function rehearsedSurroundings(
  run: Rehearsable,
  operation: Operation,
  told: readonly ChangeKind[],
  pulumiOptions: readonly string[],
): Promise<Surroundings> {
  const open = operation.changed.some(
    ({ remote, kind, subject }) => remote && told.includes(kind) && holdsUnknown(subject.after),
  );
  const same = !pulumiOptions.some((option) => otherConfiguration.test(option));
  return surroundingsOf(operation, open && same ? await rehearsal(run) : []);
}

async function rehearsal({ session, signal }: Rehearsable): Promise<readonly Declared[]> {
  const { declaredStack } = await import("../../rehearsal/declared-stack.ts");
  const { RehearsalError } = await import("../../rehearsal/rehearsal-error.ts");
  try {
    return await declaredStack({
      folder: session.projectFolder,
      stack: shortName(session.name),
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
  } catch (error) {
    if (error instanceof RehearsalError || (error as Error).name === "AbortError") return [];
    throw error;
  }
}

import { sharedObjects, sharedText } from "../changes/shared-objects.ts";
import type { Operation } from "../changes/operation.ts";
import { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import type { StackRun } from "./stack-run.ts";

/**
 * Tells what an update would take over although other stacks record it. True where that has to be asked about, which
 * is so for local stacks, too: two stacks that both have an object undo each other's changes.
 *
 * @throws Failure where nobody can answer.
 */
export function tellShared({ session, dialogue }: StackRun, operation: Operation, yes: boolean): boolean {
  const shared = sharedObjects(operation.changes);
  if (shared.length === 0) return false;
  for (const one of shared) {
    dialogue.complain(
      `Stack "${session.name}" would take over what ${stacksText(one.stacks)} of the same backend and account ` +
        `${one.stacks.length === 1 ? "records" : "record"} too: ${sharedText(one)}.`,
    );
  }
  if (yes || dialogue.interactive) return !yes;
  throw new Failure({
    what: `The update of stack "${session.name}" has to be confirmed.`,
    why: "It takes over what another stack records, each would then change it, and there is no terminal to ask on.",
    fix: "Give this stack names or an account of its own, or add --yes if both are to have it.",
    exitCode: ExitCode.usage,
  });
}

function stacksText(stacks: readonly string[]): string {
  return `${stacks.length === 1 ? "stack" : "stacks"} ${stacks.map((name) => `"${name}"`).join(", ")}`;
}

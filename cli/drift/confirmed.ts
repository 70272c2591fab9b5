import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";

/**
 * Refuses what would have to ask, where nobody can answer.
 *
 * @param what would be done, e.g. `To revert the drift of stack "dev"`
 */
export function requireAnswerable(what: string, terminal: Dialogue): void {
  if (terminal.interactive) return;
  throw new Failure({
    what: `${what} has to be confirmed.`,
    why: "There is no terminal to ask on.",
    fix: "Add --yes.",
    exitCode: ExitCode.usage,
  });
}

/** Asks; true when the answer is yes. */
export async function confirmed(question: string, terminal: Dialogue): Promise<boolean> {
  const answer = await terminal.ask(`\n${question} Type yes to go on: `).catch(() => "");
  return answer.toLowerCase() === "yes";
}

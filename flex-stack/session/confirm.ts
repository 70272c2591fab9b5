import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { StackRun } from "./stack-run.ts";

/**
 * Refuses early what would have to ask, where nobody can answer.
 *
 * @param command What would be done, such as "The update".
 * @param look How to see what that would do.
 */
export function requireAnswerable(run: StackRun, yes: boolean, command: string, look: string): void {
  if (yes || run.session.local || run.dialogue.interactive) return;
  throw new Failure({
    what: `${command} of stack "${run.session.name}" has to be confirmed.`,
    why: "It works on a real Twilio account, and there is no terminal to ask on.",
    fix: `Look at ${look} --stack ${run.session.name}, then add --yes.`,
    exitCode: ExitCode.usage,
  });
}

/** True when the answer is yes; for stacks that matter that is the stack's name, typed. */
export async function confirm(run: StackRun, question: string, word = "yes"): Promise<boolean> {
  try {
    const answer = await run.dialogue.ask(`${question} Type ${word} to go on: `, run.signal);
    return answer.toLowerCase() === word.toLowerCase();
  } catch {
    return false;
  }
}

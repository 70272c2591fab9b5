import { ExitCode } from "../failure/exit-code.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { EngineOutcome } from "./run-engine.ts";

export type Ending = "done" | "failed" | "stopped";

/** How a run of the engine ended. */
export function endingOf(
  { interrupts }: Pick<StackRun, "interrupts">,
  { exitCode }: Pick<EngineOutcome, "exitCode">,
): Ending {
  if (interrupts.exitCode !== undefined) return "stopped";
  return exitCode === ExitCode.ok || exitCode === ExitCode.unexpectedChanges ? "done" : "failed";
}

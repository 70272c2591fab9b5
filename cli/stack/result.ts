import type { CommandContext } from "../terminal/command-context.ts";
import { costText, countsText } from "../../flex-stack/report/summary-text.ts";
import { operationJson } from "../../flex-stack/report/operation-json.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import {
  endingOf,
  recordedAfter,
  recordedText,
  type EngineOutcome,
  type StackOptions,
} from "../../flex-stack/engine/index.ts";

/** Prints the document of `--json`. */
export function printJson({ terminal }: CommandContext, stack: string, outcome: EngineOutcome): void {
  const { operation, exitCode, durationMs, apiRequests } = outcome;
  const succeeded = exitCode === ExitCode.ok;
  terminal.print(
    JSON.stringify(operationJson(operation, { stack, succeeded, durationMs, apiRequests }), null, 2),
  );
}

/**
 * Prints what an update or a deletion came to, and how to go on where it was not all: what is recorded then is looked up,
 * not taken for granted.
 */
export async function printResult(
  run: StackRun,
  outcome: EngineOutcome,
  tense: "planned" | "done",
): Promise<void> {
  const { session, dialogue } = run;
  const { operation, durationMs, apiRequests } = outcome;
  const ending = endingOf(run, outcome);
  dialogue.print(
    `\nStack ${session.name}: ${countsText(operation, tense, ending)}, ${costText(durationMs, apiRequests)}.`,
  );
  if (ending === "done") return;
  if (tense === "planned") {
    if (ending === "stopped") dialogue.print("Stopped. Nothing was done yet.");
  } else if (ending === "stopped" || operation.changed.length > 0) {
    const recorded = await recordedAfter(operation, () => session.deployed());
    for (const line of recordedText(recorded, ending)) dialogue.print(line);
  }
}

/** Tells that the question was answered with no, or not at all. */
export function declined(
  { session, dialogue }: StackRun,
  context: CommandContext,
  { json }: StackOptions,
): number {
  if (json) context.terminal.print(JSON.stringify({ stack: session.name, result: "declined" }, null, 2));
  else dialogue.print("Nothing was changed.");
  return ExitCode.declined;
}

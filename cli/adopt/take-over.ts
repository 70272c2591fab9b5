import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { changesText } from "../text/change-text.ts";
import { costText, countsText } from "../../flex-stack/report/summary-text.ts";
import { confirm } from "../../flex-stack/session/confirm.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { endingOf, recordingOf, tellShared } from "../../flex-stack/engine/index.ts";

/**
 * Records in the state what the program declares, provided that a preview finds all of it at Twilio as it is: nothing
 * to create, to change or to delete.
 */
export async function takeOver(run: StackRun, { yes }: { yes: boolean }): Promise<number> {
  const { session, dialogue } = run;
  const recording = await recordingOf(run);
  const { preview, surprises } = recording;
  if (endingOf(run, preview) !== "done") {
    dialogue.complain("The files are written; nothing was recorded in the state.");
    return preview.exitCode;
  }
  const remote = preview.operation.changed.filter((change) => change.remote);
  if (surprises.length > 0) {
    for (const line of changesText(surprises, dialogue)) dialogue.print(line);
    dialogue.complain(
      `${dialogue.style(["red", "bold"], "error:")} The first update of stack ${session.name} would change what is shown above.\n` +
        "  why: the stack declares it otherwise than it is at Twilio.\n" +
        "  fix: correct the files that were written, or let npx flex-stack up make the change. Nothing was recorded.",
    );
    return ExitCode.unexpectedChanges;
  }
  if (remote.length === 0) {
    dialogue.print(`Stack ${session.name}: all of it is in the state already.`);
    return ExitCode.ok;
  }
  tellShared(run, preview.operation, yes);
  const count = `${remote.length} resource${remote.length === 1 ? "" : "s"}`;
  const question = `Record ${count} in the state of stack ${session.name}? Nothing changes at Twilio.`;
  if (!yes && !(await confirm(run, question))) {
    dialogue.print("Nothing was recorded; npx flex-stack up records it.");
    return ExitCode.declined;
  }
  const outcome = await recording.carryOut(remote.length);
  const { durationMs, apiRequests, exitCode, operation } = outcome;
  const ending = endingOf(run, outcome);
  // What is always there would count as created, though nothing is.
  const told = ending === "done" ? `${count} recorded` : countsText(operation, "done", ending);
  dialogue.print(`Stack ${session.name}: ${told}, ${costText(durationMs, apiRequests)}.`);
  if (ending === "done")
    dialogue.print(
      `Next: npx flex-stack preview --stack ${session.name}   has no change to show, and says what the policies think of it`,
    );
  return exitCode;
}

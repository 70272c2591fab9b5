import type { ResourceChange } from "../../flex-stack/changes/resource-change.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { changesText } from "../text/change-text.ts";
import { costText, countsText } from "../../flex-stack/report/summary-text.ts";
import { endingOf } from "../stack/result.ts";
import { confirm } from "../../flex-stack/session/confirm.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { existingOrNew, runEngine, tellShared } from "../../flex-stack/engine/index.ts";

/**
 * Records in the state what the program declares, provided that a preview finds all of it at Twilio as it is: nothing
 * to create, to change or to delete.
 */
export async function takeOver(run: StackRun, { yes }: { yes: boolean }): Promise<number> {
  const { session, dialogue } = run;
  await existingOrNew(run);
  const stack = await session.stack();
  // Whoever takes his time with the answer may find another account behind it: the provider itself must not write.
  stack.workspace.envVars = { ...stack.workspace.envVars, TWILIO_PROVIDER_READ_ONLY: "true" };
  // What is there is recorded, whatever the rules would say of a change.
  session.pulumi.extraOptions = [];
  const plan = await runEngine(run, {
    planOnly: true,
    reporter: await run.progress({ json: false, title: "preview", expected: 0 }),
    start: (onEvent) => stack.preview({ color: "never", onEvent }),
  });
  if (endingOf(run, plan) !== "done") {
    dialogue.complain("The files are written; nothing was recorded in the state.");
    return plan.exitCode;
  }
  const remote = plan.operation.changed.filter((change) => change.remote);
  const surprises = remote.filter((change) => !isTakenAsItIs(change));
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
  tellShared(run, plan.operation, yes);
  const count = `${remote.length} resource${remote.length === 1 ? "" : "s"}`;
  const question = `Record ${count} in the state of stack ${session.name}? Nothing changes at Twilio.`;
  if (!yes && !(await confirm(run, question))) {
    dialogue.print("Nothing was recorded; npx flex-stack up records it.");
    return ExitCode.declined;
  }
  const outcome = await runEngine(run, {
    planOnly: false,
    reporter: await run.progress({ json: false, title: "adoption", expected: remote.length }),
    start: (onEvent) => stack.up({ color: "never", onEvent }),
  });
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

/** The provider says so of each; of an import Pulumi itself refuses differences. */
function isTakenAsItIs({ kind, notes }: ResourceChange): boolean {
  return kind === "import" || notes.some((note) => /^takes over .* as it is$/.test(note.trim()));
}

import type { CommandContext } from "../commands/command-context.ts";
import type { PreviewOptions } from "../commands/preview.ts";
import { ExitCode } from "../exit-code.ts";
import { changesText } from "../output/change-text.ts";
import { costText, countsText } from "../output/summary-text.ts";
import { removePlan, writePlan } from "../plan/plan-file.ts";
import { existingOrNew } from "./existing-stack.ts";
import { previewStack } from "./preview-stack.ts";
import { conversation, endingOf, printJson } from "./result.ts";
import { runStack } from "./run-stack.ts";

/** Shows what `up` would change; changes nothing. */
export async function runPreview(options: PreviewOptions, context: CommandContext): Promise<number> {
  const session = { stack: options.stack, cwd: options.cwd };
  return runStack(session, conversation(context, options), async (run) => {
    const { terminal } = run;
    const { savePlan } = options;
    if (savePlan !== undefined) removePlan(savePlan);
    const outcome = await previewStack(run, options, await existingOrNew(run), context.pulumiOptions);
    if (savePlan !== undefined && endingOf(run, outcome) === "done") writePlan(savePlan, outcome.plan);
    const { operation, exitCode, durationMs, apiRequests } = outcome;
    if (options.json) {
      printJson(context, run.session.name, outcome);
      return exitCode;
    }
    // Components change nothing at Twilio; they matter where they are all that was not expected.
    const remote = operation.changed.filter((change) => change.remote);
    const unexpected = remote.length === 0 && exitCode === ExitCode.unexpectedChanges;
    const changed = unexpected ? operation.changed : remote;
    for (const line of changesText(changed, terminal)) terminal.print(line);
    const counts = countsText(operation, "planned", endingOf(run, outcome));
    terminal.print(
      `${changed.length > 0 ? "\n" : ""}Stack ${run.session.name}: ${counts}, ${costText(durationMs, apiRequests)}.`,
    );
    if (exitCode === ExitCode.unexpectedChanges) {
      terminal.complain(
        `${terminal.style(["red", "bold"], "error:")} No changes were expected (--expect-no-changes).`,
      );
    }
    return exitCode;
  });
}

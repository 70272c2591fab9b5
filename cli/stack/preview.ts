import type { CommandContext } from "../commands/command-context.ts";
import type { PreviewOptions } from "../commands/preview.ts";
import { engineOptions } from "../commands/stack-options.ts";
import { ExitCode } from "../exit-code.ts";
import { changesText } from "../output/change-text.ts";
import { chooseProgress } from "../output/choose-progress.ts";
import { costText, countsText } from "../output/summary-text.ts";
import { remoteResources } from "./deployment.ts";
import { existingOrNew } from "./existing-stack.ts";
import { policyOptions } from "./policy-pack.ts";
import { conversation, endingOf, printJson } from "./result.ts";
import { runEngine } from "./run-engine.ts";
import { runStack } from "./run-stack.ts";

/** Shows what `up` would change; changes nothing. */
export async function runPreview(options: PreviewOptions, context: CommandContext): Promise<number> {
  const session = { stack: options.stack, cwd: options.cwd };
  return runStack(session, conversation(context, options), async (run) => {
    const { terminal } = run;
    const expected = remoteResources(await existingOrNew(run)).length;
    const stack = await run.session.stack();
    run.session.pulumi.extraOptions = [
      ...policyOptions(run.session.projectFolder, options.policy),
      ...context.pulumiOptions,
    ];
    const { expectNoChanges } = options;
    const outcome = await runEngine(run, {
      planOnly: true,
      reporter: await chooseProgress(terminal, { json: options.json, title: "preview", expected }),
      start: (onEvent) => stack.preview({ ...engineOptions(options), expectNoChanges, onEvent }),
    });
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

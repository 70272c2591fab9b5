import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { changesText, toldInText } from "../text/change-text.ts";
import { againstRecord, costText, countsText } from "../../flex-stack/report/summary-text.ts";
import { removePlan, writePlan } from "../../flex-stack/plan/plan-file.ts";
import { previewDocument } from "../../flex-stack/report/preview-document.ts";
import { failedReport, previewReport, toldInReport } from "../../flex-stack/report/preview-report.ts";
import { publish } from "../report/publish.ts";
import type { StackReport } from "../../flex-stack/report/report.ts";
import { requireHere, whenProvisioning } from "../../flex-stack/whereabouts/require-here.ts";
import { conversation } from "./conversation.ts";
import { originOf } from "../../flex-stack/session/origin.ts";
import { runStack } from "./run-stack.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import {
  disabledRules,
  endingOf,
  existingOrNew,
  previewStack,
  rehearsedSurroundings,
  unaskedText,
  type StackPreview,
} from "../../flex-stack/engine/index.ts";
import type { Surroundings } from "../../flex-stack/meaning/index.ts";
import type { PreviewOptions } from "./options.ts";

/** Shows what `up` would change; changes nothing. */
export async function runPreview(options: PreviewOptions, context: CommandContext): Promise<number> {
  const { stack, cwd, savePlan } = options;
  // A report for others has stdout to itself, unless it goes to a file.
  const json = options.format !== "text" && options.output === undefined;
  const terminal = conversation(context, { json });
  try {
    return await runStack({ stack, cwd }, terminal, async (run) => {
      if (savePlan !== undefined) removePlan(savePlan);
      const deployed = await existingOrNew(run);
      await requireHere(run, deployed, whenProvisioning(options));
      const outcome = await previewStack(run, { ...options, json }, deployed, context.pulumiOptions);
      if (savePlan !== undefined && endingOf(run, outcome) === "done") writePlan(savePlan, outcome.plan);
      const { operation, durationMs, apiRequests } = outcome;
      const told = options.format === "text" && options.output === undefined ? toldInText : toldInReport;
      const surroundings = await rehearsedSurroundings(run, operation, told, context.pulumiOptions);
      if (!json) show(run, outcome, surroundings, options);
      const facts = {
        ...{ stack, durationMs, apiRequests, origin: await originOf({ stack, cwd }) },
        succeeded: outcome.exitCode === ExitCode.ok,
        unexpected: outcome.exitCode === ExitCode.unexpectedChanges,
        rulesOff: !options.policy,
        comparedWith: options.refresh ? ("account" as const) : ("record" as const),
        rulesDisabled: options.policy ? disabledRules(run.session.settings) : [],
      };
      publishPreview(previewReport(operation, facts, surroundings), options, context);
      return outcome.exitCode;
    });
  } catch (error) {
    // The failure itself is told by whoever called; --json has its own document for it.
    if (error instanceof Failure && !options.json)
      publishPreview(failedReport(stack, error), options, context);
    throw error;
  }
}

/** Where text goes to the terminal, `show` has shown it. */
function publishPreview(report: StackReport, options: PreviewOptions, { terminal }: CommandContext): void {
  const { format, output, stack } = options;
  if (format === "text" && output === undefined) return;
  const elsewhere = `npx flex-stack preview --stack ${stack}`;
  publish({ format, output, json: report, document: previewDocument([report]), elsewhere }, terminal);
}

function show(
  run: StackRun,
  outcome: StackPreview,
  surroundings: Surroundings,
  options: PreviewOptions,
): void {
  const { dialogue } = run;
  const { operation, exitCode, durationMs, apiRequests } = outcome;
  // Components change nothing at Twilio; they matter where they are all that was not expected.
  const remote = operation.changed.filter((change) => change.remote);
  const unexpected = remote.length === 0 && exitCode === ExitCode.unexpectedChanges;
  const changed = unexpected ? operation.changed : remote;
  for (const line of changesText(changed, dialogue, surroundings)) dialogue.print(line);
  const counts = countsText(operation, "planned", endingOf(run, outcome));
  dialogue.print(
    `${changed.length > 0 ? "\n" : ""}Stack ${run.session.name}: ${counts}, ${costText(durationMs, apiRequests)}.`,
  );
  const unasked = unaskedText(operation, options);
  if (unasked !== undefined) dialogue.print(unasked);
  if (exitCode === ExitCode.ok && changed.length === 0 && !options.refresh) dialogue.print(againstRecord);
  if (exitCode === ExitCode.unexpectedChanges) {
    dialogue.complain(
      `${dialogue.style(["red", "bold"], "error:")} No changes were expected (--expect-no-changes).`,
    );
  }
}

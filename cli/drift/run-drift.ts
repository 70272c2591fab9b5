import type { CommandContext } from "../commands/command-context.ts";
import type { DriftOptions } from "../commands/drift.ts";
import { ExitCode } from "../exit-code.ts";
import { runStack } from "../stack/run-stack.ts";
import { conversation } from "../stack/result.ts";
import { readBaseline, writeBaseline } from "./baseline-file.ts";
import { checkDriftOptions } from "./check-options.ts";
import { inspect } from "./inspect.ts";
import { publish } from "./publish.ts";
import { alarming, type DriftReport } from "./report.ts";
import { revert } from "./revert.ts";

/** Finds what was changed outside Pulumi, tells it, and does about it what was asked for. */
export async function runDrift(options: DriftOptions, context: CommandContext): Promise<number> {
  checkDriftOptions(options, new Date());
  const baseline = readBaseline(options.baseline, options.writeBaseline);
  const session = { stack: options.stack, cwd: options.cwd };
  const terminal = conversation(context, { json: options.format !== "text" });
  let report: DriftReport | undefined;
  const code = await runStack(session, terminal, async (run) => {
    report = await inspect(run, options, context.pulumiOptions, baseline);
    publish(report, options, context);
    return alarming(report).length > 0 ? ExitCode.unexpectedChanges : ExitCode.ok;
  });
  if (report === undefined || code !== ExitCode.unexpectedChanges) return code;
  if (baseline && options.writeBaseline) return writeBaseline(baseline, report, options, terminal);
  if (options.fix === "revert") return revert(report, options, context);
  return code;
}

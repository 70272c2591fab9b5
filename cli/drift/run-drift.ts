import type { CommandContext } from "../commands/command-context.ts";
import type { DriftOptions } from "../commands/drift.ts";
import { ExitCode } from "../exit-code.ts";
import { runStack } from "../stack/run-stack.ts";
import { conversation } from "../stack/result.ts";
import { readBaseline, writeBaseline } from "./baseline-file.ts";
import { checkDriftOptions } from "./check-options.ts";
import { adopt } from "./adopt.ts";
import { inspect, type Inspection } from "./inspect.ts";
import { publish } from "./publish.ts";
import { alarming } from "./report.ts";
import { revert } from "./revert.ts";

/** Finds what was changed outside Pulumi, tells it, and does about it what was asked for. */
export async function runDrift(options: DriftOptions, context: CommandContext): Promise<number> {
  checkDriftOptions(options, new Date());
  const baseline = readBaseline(options.baseline, options.writeBaseline);
  const session = { stack: options.stack, cwd: options.cwd };
  const terminal = conversation(context, { json: options.format !== "text" });
  let inspection: Inspection | undefined;
  const code = await runStack(session, terminal, async (run) => {
    inspection = await inspect(run, options, context.pulumiOptions, baseline);
    publish(inspection.report, options, context);
    return alarming(inspection.report).length > 0 ? ExitCode.unexpectedChanges : ExitCode.ok;
  });
  if (inspection === undefined || code !== ExitCode.unexpectedChanges) return code;
  if (baseline && options.writeBaseline) return writeBaseline(baseline, inspection.report, options, terminal);
  if (options.fix === "revert") {
    const reverted = await revert(inspection, options, context);
    // What is left tells whether it worked.
    return reverted === ExitCode.ok ? runDrift(lookingAgain(options), context) : reverted;
  }
  if (options.fix === "adopt") return adopt(inspection, options, terminal);
  return code;
}

function lookingAgain({ fix: _, ...options }: DriftOptions): DriftOptions {
  return options;
}

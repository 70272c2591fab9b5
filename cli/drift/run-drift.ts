import type { CommandContext } from "../terminal/command-context.ts";
import { originOf } from "../../flex-stack/session/origin.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { asFailure } from "../../flex-stack/failure/failure.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import { accept } from "./accept.ts";
import { takeIntoConfig } from "./take-into-config.ts";
import { publish, publishFailure } from "./publish.ts";
import {
  alarming,
  inspect,
  readBaseline,
  type Baseline,
  type DriftOptions,
  type Inspection,
} from "../../flex-stack/drift/index.ts";
import { checkDriftOptions } from "./check-options.ts";

/** Finds what was changed outside Pulumi, tells it, and does about it what was asked for. */
export async function runDrift(options: DriftOptions, context: CommandContext): Promise<number> {
  checkDriftOptions(options, new Date());
  const baseline = await readBaseline(options.baseline, options.writeBaseline);
  const { code, inspection } = await check(options, context, baseline);
  if (inspection === undefined || code !== ExitCode.unexpectedChanges) return code;
  const terminal = conversation(context, { json: options.format !== "text" });
  if (baseline && options.writeBaseline) return accept(baseline, inspection.report, options, terminal);
  if (options.fix === "adopt") return takeIntoConfig(inspection, options, terminal);
  if (options.fix !== "revert") return code;
  const { revert } = await import("./revert.ts");
  const reverted = await revert(inspection, options, context);
  // What is left tells whether it worked.
  return reverted === ExitCode.ok ? (await check(options, context, baseline)).code : reverted;
}

interface Checked {
  code: number;
  /** Absent when it was stopped. */
  inspection: Inspection | undefined;
}

async function check(
  options: DriftOptions,
  context: CommandContext,
  baseline: Baseline | undefined,
): Promise<Checked> {
  // A report for others has stdout to itself.
  const terminal = conversation(context, { json: options.format !== "text" });
  let inspection: Inspection | undefined;
  try {
    const code = await runStack({ stack: options.stack, cwd: options.cwd }, terminal, async (run) => {
      inspection = await inspect(run, options, context.pulumiOptions, baseline);
      publish(inspection.report, { ...options, origin: await originOf(options) }, context);
      // It takes what a refresh found into the state, where nothing is left to be found.
      if (inspection.unfinished)
        run.dialogue.print(
          `The last update or deletion of stack ${options.stack} did not come to its end, or had targets: what it had still ` +
            `to do is no drift. npx flex-stack preview --stack ${options.stack} shows it.`,
        );
      return alarming(inspection.report).length > 0 ? ExitCode.unexpectedChanges : ExitCode.ok;
    });
    return { code, inspection };
  } catch (error) {
    // The failure itself is told by whoever called; --json has its own document for it.
    if (!options.json) publishFailure(asFailure(error), options.stack, options, context);
    throw error;
  }
}

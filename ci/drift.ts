import { rmSync, writeFileSync } from "node:fs";
import { publish } from "../cli/drift/publish.ts";
import { ExitCode } from "../flex-stack/failure/exit-code.ts";
import { markdownDocument } from "../flex-stack/report/markdown.ts";
import { runStack } from "../cli/stack/run-stack.ts";
import type { Dialogue } from "../flex-stack/ports/dialogue.ts";
import type { DriftStep } from "./drift-step.ts";
import { maxReportLength } from "./issue-body.ts";
import { driftDocument, inspect, readBaseline } from "../flex-stack/drift/index.ts";

/**
 * Looks for drift once and keeps what it found for programs and for people. Drift is no failure of the step: the
 * issue tells it. What kept the check from being made is one.
 */
export async function checkDrift(step: DriftStep, terminal: Dialogue, cwd = process.cwd()): Promise<number> {
  const { stack, json, markdown } = step;
  for (const file of [json, markdown]) rmSync(file, { force: true });
  const baseline = await readBaseline(step.baseline, false);
  const context = { terminal, pulumiOptions: [], finish: () => {} };
  return runStack({ stack, cwd }, terminal, async (run) => {
    const { report } = await inspect(run, { format: "markdown", unmanaged: "new" }, [], baseline);
    publish(report, { format: "json", output: json }, context);
    const limit = maxReportLength;
    const text = markdownDocument(driftDocument(report), {
      elsewhere: `npx flex-stack drift --stack ${stack}`,
      limit,
    });
    writeFileSync(markdown, text);
    return ExitCode.ok;
  });
}

import type { Baseline } from "./baseline.ts";
import type { Acceptance } from "./baseline-file.ts";
import type { Inspection } from "./inspect.ts";
import type { DriftOptions } from "./options.ts";
import type { DriftReport } from "./report.ts";
import type { PlannedEdits } from "./take-into-config.ts";

// What most checks do without: to load what reads YAML and judges a configuration takes longer than a check.

/** Reads the baseline that was named. @param mayBeNew It is about to be written, and need not be there yet. */
export async function readBaseline(
  file: string | undefined,
  mayBeNew: boolean,
): Promise<Baseline | undefined> {
  if (file === undefined) return undefined;
  return (await import("./baseline-file.ts")).readBaseline(file, mayBeNew);
}

/** Accepts everything that alarms but the agent role. */
export async function writeBaseline(
  baseline: Baseline,
  report: DriftReport,
  options: Pick<DriftOptions, "comment" | "expires">,
): Promise<Acceptance> {
  return (await import("./baseline-file.ts")).writeBaseline(baseline, report, options);
}

/** Plans how the configuration comes to say what the account has, where it has a word for it. */
export async function planEdits(inspection: Inspection): Promise<PlannedEdits> {
  return (await import("./take-into-config.ts")).planEdits(inspection);
}

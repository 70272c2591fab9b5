import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import {
  writeBaseline,
  type Baseline,
  type DriftOptions,
  type DriftReport,
} from "../../flex-stack/drift/index.ts";

/** Accepts what alarms, and tells what of it, and until when. */
export async function accept(
  baseline: Baseline,
  report: DriftReport,
  options: Pick<DriftOptions, "comment" | "expires">,
  terminal: Dialogue,
): Promise<number> {
  const { count, until, complete } = await writeBaseline(baseline, report, options);
  terminal.print(`Accepted ${count} until ${until}, in ${baseline.file}.`);
  if (complete) return ExitCode.ok;
  terminal.print(
    "The agent role is not accepted along with the rest: revert it, or write an entry for it yourself.",
  );
  return ExitCode.unexpectedChanges;
}

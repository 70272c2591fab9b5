import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { dayOf, isDay, type DriftOptions } from "../../flex-stack/drift/index.ts";

/** Refuses what does not go together, before anything is asked of anybody. */
export function checkDriftOptions(options: DriftOptions, now: Date): void {
  const { fix, format, writeBaseline, baseline, comment, expires } = options;
  if (fix && format !== "text") {
    throw usage(
      `--fix ${fix} talks with you, and --format ${format} is for programs.`,
      "Use one of them at a time.",
    );
  }
  if (fix && writeBaseline)
    throw usage("--fix and --write-baseline exclude each other.", "Use one of them at a time.");
  if (writeBaseline && baseline === undefined)
    throw usage("--write-baseline needs a file.", "Name it with --baseline FILE; it need not exist.");
  if (writeBaseline && !comment?.trim())
    throw usage("--write-baseline needs a reason.", 'Say with --comment "…" why the drift is accepted.');
  if (!writeBaseline && (comment !== undefined || expires !== undefined))
    throw usage("--comment and --expires are for --write-baseline.", "Add it, or leave them out.");
  if (expires !== undefined && !isDay(expires))
    throw usage(`--expires ${expires} is no day.`, "Write it like 2026-12-31.");
  if (expires !== undefined && expires < dayOf(now))
    throw usage(`--expires ${expires} is in the past.`, "Give the last day on which the drift is accepted.");
}

function usage(what: string, fix: string): Failure {
  return new Failure({ what, fix, exitCode: ExitCode.usage });
}

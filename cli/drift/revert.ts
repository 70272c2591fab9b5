import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { runUp } from "../stack/up.ts";
import { confirmed, requireAnswerable } from "./confirmed.ts";
import {
  alarming,
  alarms,
  needsAnother,
  type DriftOptions,
  type Inspection,
} from "../../flex-stack/drift/index.ts";

/**
 * Makes the account what the stack says, by `up --refresh`: that shows what it would do, asks where it is a real
 * account, and does it. What is unmanaged stays.
 */
export async function revert(
  { report, local }: Inspection,
  options: Pick<DriftOptions, "stack" | "cwd" | "yes">,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context;
  const found = alarming(report);
  if (found.every(({ kind }) => kind === "unmanaged")) {
    terminal.print(
      "\nThere is nothing to revert: nobody declared that what the stack does not manage should go.",
    );
    return ExitCode.unexpectedChanges;
  }
  refuseReplacement(report);
  const accepted = report.judged.filter((item) => !alarms(item) && item.finding.kind !== "unmanaged");
  if (accepted.length > 0) {
    terminal.print("\nAn update knows no baseline, so this reverts what is accepted, too:");
    for (const { finding } of accepted)
      terminal.print(`  ${[finding.name, finding.property].filter(Boolean).join(" ")}`);
  }
  // A real account is asked about by up itself, once it has shown what it would do.
  if (local && !options.yes) {
    requireAnswerable(`To revert the drift of stack "${report.stack}"`, terminal);
    if (!(await confirmed("Revert with up --refresh?", terminal))) {
      terminal.print("Nothing was changed.");
      return ExitCode.declined;
    }
  }
  terminal.print("");
  return runUp(
    {
      stack: options.stack,
      cwd: options.cwd,
      refresh: true,
      target: [],
      json: false,
      yes: options.yes,
      skipPreview: false,
      outputs: false,
      policy: true,
    },
    context,
  );
}

/** @throws Failure when the update would replace something, with all that is in it; no baseline keeps it from that */
function refuseReplacement({ judged, stack }: Inspection["report"]): void {
  const bound = judged.map(({ finding }) => finding).filter(needsAnother);
  if (bound.length === 0) return;
  const names = bound.map(({ name, property }) => [name, property].filter(Boolean).join(" "));
  throw new Failure({
    what: `Stack "${stack}" is not reverted: Twilio can't set ${names.join(", ")} back, so that an update would replace what has it.`,
    why: "All that is in it, such as conversations and roles, would be left behind.",
    fix: "Set it back where it was changed, or take it over with --fix adopt; then revert the rest.",
    exitCode: ExitCode.unexpectedChanges,
  });
}

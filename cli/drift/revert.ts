import type { CommandContext } from "../commands/command-context.ts";
import type { DriftOptions } from "../commands/drift.ts";
import { ExitCode } from "../exit-code.ts";
import { runUp } from "../stack/up.ts";
import { alarming, type DriftReport } from "./report.ts";

/**
 * Makes the account what the stack says, by `up --refresh` of what drifted: it shows what it would do, asks, and
 * does it. What is unmanaged stays: deleting what nobody declared is nobody's order.
 */
export async function revert(
  report: DriftReport,
  options: DriftOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context;
  const found = alarming(report);
  const urns = new Set(found.flatMap(({ urn }) => urn ?? []));
  const unmanaged = found.filter(({ urn }) => urn === undefined);
  if (unmanaged.length > 0) {
    terminal.print(
      `\nNot reverted, because the stack does not manage it: ${unmanaged.map(({ title }) => title).join(", ")}. ` +
        "Delete it at Twilio, take it into the program with adopt: true, or accept it in a baseline.",
    );
  }
  if (urns.size === 0) return ExitCode.unexpectedChanges;
  terminal.print("");
  const code = await runUp(
    {
      stack: options.stack,
      cwd: options.cwd,
      refresh: true,
      target: [],
      json: false,
      yes: options.yes,
      skipPreview: false,
      policy: true,
    },
    context,
  );
  return code === ExitCode.ok && unmanaged.length > 0 ? ExitCode.unexpectedChanges : code;
}

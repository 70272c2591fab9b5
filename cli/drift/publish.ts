import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { CommandContext } from "../commands/command-context.ts";
import type { DriftOptions } from "../commands/drift.ts";
import { Failure } from "../failure.ts";
import { renderDocument } from "../report/render.ts";
import { driftDocument } from "./drift-document.ts";
import { driftJson } from "./drift-json.ts";
import type { DriftReport } from "./report.ts";

/** Prints the report, or writes it to the file that was asked for and says so. */
export function publish(
  report: DriftReport,
  { format, output }: Pick<DriftOptions, "format" | "output">,
  { terminal }: CommandContext,
): void {
  // Colours are for the terminal, not for a file.
  const painted =
    output === undefined ? terminal : { columns: 120, style: (_: unknown, text: string) => text };
  const document = driftDocument(report);
  const text =
    format === "json"
      ? JSON.stringify(driftJson(report), null, 2)
      : renderDocument(document, format, {
          terminal: painted,
          elsewhere: `flex-stack drift --stack ${report.stack}`,
        });
  if (output === undefined) {
    terminal.print(text.trimEnd());
    return;
  }
  try {
    mkdirSync(dirname(resolve(output)), { recursive: true });
    writeFileSync(output, `${text.trimEnd()}\n`);
  } catch (error) {
    throw new Failure({
      what: `The report can't be written to ${output}.`,
      why: (error as Error).message,
      fix: "Give --output a file in a folder that can be written to.",
      cause: error,
    });
  }
  terminal.complain(`${document.title}; the report is in ${output}.`);
}

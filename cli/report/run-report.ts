import type { CommandContext } from "../terminal/command-context.ts";
import type { ReportOptions } from "./options.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { previewDocument } from "../../flex-stack/report/preview-document.ts";
import { publish } from "./publish.ts";
import { readReports } from "../../flex-stack/report/read-report.ts";

/** Writes previews that were kept as JSON as one report, in the order they are named. */
export function runReport(files: readonly string[], options: ReportOptions, context: CommandContext): number {
  const reports = files.flatMap(readReports);
  const twice = reports.find(({ stack }, index) => reports.findIndex((one) => one.stack === stack) < index);
  if (twice !== undefined)
    throw new Failure({
      what: `Stack "${twice.stack}" is in these files twice.`,
      fix: "Name one preview of each stack.",
      exitCode: ExitCode.usage,
    });
  publish(
    {
      format: options.format,
      output: options.output,
      json: { stacks: reports },
      document: previewDocument(reports),
      elsewhere: options.elsewhere ?? "npx flex-stack preview --stack STACK",
    },
    context.terminal,
  );
  return ExitCode.ok;
}

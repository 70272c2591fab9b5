import { resolve } from "node:path";
import { Command, Option } from "commander";
import { formats } from "../../flex-stack/report/format.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { ReportOptions } from "../report/options.ts";

/** `flex-stack report`: previews of several stacks, each made with its own credentials, as one report. */
export function report(context: CommandContext): Command {
  return new Command("report")
    .description("join previews that were kept as JSON into one report")
    .argument("<file...>", "what preview --format json --output FILE wrote, in the order to show")
    .addOption(new Option("--format <format>", formats.join(", ")).choices(formats).default("markdown"))
    .addOption(
      new Option("-o, --output <file>", "write the report to a file").argParser((file) => resolve(file)),
    )
    .option("--elsewhere <where>", "where all of it can be seen, for a comment that has to be cut")
    .addHelpText(
      "after",
      `
Examples:
  flex-stack preview -s staging --format json -o staging.json     where staging's credentials are
  flex-stack preview -s prod --format json -o prod.json           where prod's are
  flex-stack report staging.json prod.json -o comment.md          one comment for both
  flex-stack report prod.json --format html -o prod.html          a page to read`,
    )
    .action(async (files: string[], options: ReportOptions) => {
      const { runReport } = await import("../report/run-report.ts");
      context.finish(runReport(files, options, context));
    });
}

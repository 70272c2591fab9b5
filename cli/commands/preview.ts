import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import { formats } from "../../flex-stack/report/format.ts";
import { addStackOptions } from "./stack-options.ts";
import type { PreviewOptions } from "../stack/options.ts";

/** `flex-stack preview`: what `up` would change, and nothing done. */
export function preview(context: CommandContext): Command {
  return addStackOptions(new Command("preview"), "preview")
    .description("show what up would change, and what that means")
    .option("--expect-no-changes", "exit with 7 when something would change", false)
    .option("--no-policy", "leave the project's policy pack out")
    .addOption(
      new Option("--save-plan <file>", "keep what would change, for up --plan").argParser((file) =>
        resolve(file),
      ),
    )
    .addOption(
      new Option("--format <format>", `${formats.join(", ")}; --json is --format json`)
        .choices(formats)
        .conflicts("json")
        .default("text"),
    )
    .addOption(
      new Option("-o, --output <file>", "write the report to a file").argParser((file) => resolve(file)),
    )
    .addHelpText(
      "after",
      `
Examples:
  flex-stack preview                                    the dev stack
  flex-stack preview --format markdown -o preview.md    for a comment in a pull request
  flex-stack preview --format json -o dev.json          for flex-stack report, which joins several
  flex-stack preview --stack prod --refresh             compares with the account first
  flex-stack preview --stack prod --expect-no-changes   for a check: exit code 7 when it differs
  flex-stack preview --json | jq '.changes[].name'      for a program`,
    )
    .action(async (options: PreviewOptions) => {
      const { runPreview } = await import("../stack/preview.ts");
      const format = options.json ? "json" : options.format;
      context.finish(await runPreview({ ...options, format }, context));
    });
}

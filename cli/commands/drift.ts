import { Command, Option } from "commander";
import { formats } from "../../flex-stack/report/format.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { DriftOptions } from "../../flex-stack/drift/index.ts";

/** `flex-stack drift`: what was changed at Twilio outside Pulumi. */
export function drift(context: CommandContext): Command {
  return new Command("drift")
    .description("find what was changed outside Pulumi; only reads")
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .addOption(
      new Option("--format <format>", `${formats.join(", ")}; --json is --format json`)
        .choices(formats)
        .conflicts("json")
        .default("text"),
    )
    .option("--json", "print one JSON document instead of text", false)
    .option("-o, --output <file>", "write the report to a file")
    .option("--baseline <file>", "drift that is accepted, YAML or JSON: it does not alarm")
    .option("--write-baseline", "accept what is found: add it to the baseline (needs --comment)", false)
    .option("--comment <text>", "why, for --write-baseline")
    .option("--expires <day>", "last day it is accepted, for --write-baseline (default: in 30 days)")
    .addOption(
      new Option(
        "--unmanaged <which>",
        "resources that the stack does not know: made since it is there, all, or none",
      )
        .choices(["new", "all", "none"])
        .default("new"),
    )
    .addOption(
      new Option("--fix <how>", "revert the account, or adopt into the configuration; asks").choices([
        "revert",
        "adopt",
      ]),
    )
    .option("-y, --yes", "do not ask", false)
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .addHelpText(
      "after",
      `
Examples:
  flex-stack drift --stack prod                                     exit code 7 when anything differs
  flex-stack drift --stack prod --format markdown --output drift.md for an issue
  flex-stack drift --stack prod --fix revert                        make the account what the stack says
  flex-stack drift --stack prod --fix adopt                         make the configuration say what the account has
  flex-stack drift --baseline drift.prod.yaml --write-baseline --comment "until the archive has moved"

Order and white space are no drift. docs/drift.md says what is compared, and how to accept some of it.`,
    )
    .action(async (options: DriftOptions) => {
      const { runDrift } = await import("../drift/run-drift.ts");
      context.finish(await runDrift({ ...options, format: options.json ? "json" : options.format }, context));
    });
}

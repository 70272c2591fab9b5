import { Command, Option } from "commander";
import { formats } from "../../flex-stack/report/format.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { ReconcileOptions } from "./reconcile-options.ts";

/** `flex-stack migrate reconcile`: whether every text is in exactly one conversation. */
export function reconcile(context: CommandContext): Command {
  return new Command("reconcile")
    .description("find texts that are in no conversation, or in two; with --replay put the lost ones in")
    .requiredOption("--number <number>", "a key of messageHandling.numbers, or the number in E.164")
    .requiredOption("--since <time>", "from when on: 30m, 2h, 3d ago, or a time such as 2026-03-01T12:00:00Z")
    .option("--until <time>", "up to when, likewise (default: a minute ago)")
    .option("--replay", "put each lost text into a conversation; without it nothing is written", false)
    .option("-y, --yes", "do not ask before --replay writes", false)
    .option("--show-content", "show what people wrote and their numbers", false)
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .addOption(
      new Option("--format <format>", "how the result is written; --json is --format json")
        .choices(formats)
        .conflicts("json")
        .default("text"),
    )
    .option("--json", "print one JSON document instead of text", false)
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .addHelpText(
      "after",
      `
It compares Twilio's Messages log with the channels of Programmable Chat and the conversations of Flex
Conversations. Texts of the last minute are left out: they may still be on their way.

Exit codes:
  0   every text is in exactly one           10  nothing is wrong, and something could not be read
  22  texts are in none, or in both

Examples:
  flex-stack migrate reconcile --number main --since 2h --stack prod              look; nothing is written
  flex-stack migrate reconcile --number +14155550142 --since 2026-03-01T12:00:00Z --until 2026-03-01T13:00:00Z
  flex-stack migrate reconcile --number main --since 2h --stack prod --replay     put lost texts in, after asking
  flex-stack migrate reconcile --number main --since 2h --json | jq .counts`,
    )
    .action(async (options: ReconcileOptions) => {
      const { runReconcile } = await import("./run-reconcile.ts");
      context.finish(await runReconcile(options, context));
    });
}

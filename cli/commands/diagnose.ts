import { Command, Option } from "commander";
import { formats } from "../../flex-stack/report/format.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { DiagnoseOptions } from "../diagnose/options.ts";

/** `flex-stack diagnose`: why a message did not reach an agent. */
export function diagnose(context: CommandContext): Command {
  const ends = ["message", "from", "task", "channel"];
  const without = (name: string) => ["health", ...ends].filter((other) => other !== name);
  const end = (flags: string, description: string) => {
    const option = new Option(flags, description);
    return option.conflicts(without(option.attributeName()));
  };
  return new Command("diagnose")
    .description("find out why a message did not reach an agent; reads only")
    .addOption(end("--message <sid>", "the message (SM…)"))
    .addOption(end("--from <number>", "the newest message of this sender, in E.164"))
    .option("--since <time>", "how far back --from looks: 30m, 1h, 2d (default: 1h)")
    .addOption(end("--task <sid>", "the conversation of this task (WT…)"))
    .addOption(end("--channel <sid>", "the conversation of this SID (CH…), of Chat or Flex Conversations"))
    .option("--health", "no message at hand: check the set-up for what would break one", false)
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
Exit codes:
  0   nothing is broken, or not yet      15  task
  10  something could not be looked up   16  reservations
  11  receive                            17  replies
  12  proxy, or address                  18  completion
  13  channel, or conversation           19  --health found something
  14  studio                             21  interaction

Examples:
  flex-stack diagnose --message SM…                      one message, on the dev stack
  flex-stack diagnose --stack prod --from +14155550142   the last message of a customer
  flex-stack diagnose --stack prod --task WT… --format markdown > ticket.md
  flex-stack diagnose --stack prod --health              the whole set-up`,
    )
    .action(async (options: DiagnoseOptions) => {
      const { runDiagnosis } = await import("../diagnose/run-diagnosis.ts");
      context.finish(await runDiagnosis(options, context));
    });
}

import { Command, Option } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import type { AdoptOptions } from "../adopt/options.ts";

/** `flex-stack adopt`: declares an account that was set up by hand, and records it in a stack. */
export function adopt(context: CommandContext): Command {
  return new Command("adopt")
    .description("declare an account that was set up by hand; nothing changes at Twilio")
    .option("-s, --stack <name>", "stack to adopt into", process.env["PULUMI_STACK"] || "dev")
    .option("-o, --output <folder>", "only write the files, into this folder")
    .addOption(new Option("--print", "only print the files").default(false).conflicts("output"))
    .option("-y, --yes", "do not ask, and replace what is there", false)
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .addHelpText(
      "after",
      `
Examples:
  flex-stack adopt --stack prod --print           what it would write
  flex-stack adopt --stack prod --output review   the same as files, to look at
  flex-stack adopt --stack prod                   writes them, asks, and records what is there in the state

It reads the account that Pulumi.STACK.yaml names, from its Flex Configuration on, and sends nothing but GET.
Then flex-stack preview shows no change. docs/adopt.md tells more.`,
    )
    .action(async (options: AdoptOptions) => {
      const { runAdopt } = await import("../adopt/run-adopt.ts");
      await runAdopt(options, context);
    });
}

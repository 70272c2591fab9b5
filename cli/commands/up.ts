import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import { addStackOptions } from "./stack-options.ts";
import type { UpOptions } from "../stack/options.ts";

/** `flex-stack up`: brings a stack to what the program and its configuration say. */
export function up(context: CommandContext): Command {
  return addStackOptions(new Command("up"), "update")
    .description("provision a stack: create, update and delete until it is as declared")
    .option(
      "-y, --yes",
      "do not ask, also not before a purchase (a local stack asks only before it takes over what another stack has)",
      false,
    )
    .addOption(
      new Option("-f, --skip-preview", "update without looking first: policies may speak too late")
        .default(false)
        .conflicts("plan"),
    )
    .option("--outputs", "print all outputs, not only those that changed", false)
    .option("--no-policy", "leave the project's policy pack out")
    .addOption(
      new Option("--plan <file>", "only the change that preview --save-plan kept, or nothing").argParser(
        (file) => resolve(file),
      ),
    )
    .addHelpText(
      "after",
      `
Examples:
  flex-stack up                             the dev stack, on the local Twilio
  flex-stack up --stack staging             a real account: shows what would change, then asks
  flex-stack up --refresh                   repairs what was changed behind Pulumi's back
  flex-stack up -s prod --yes --plan FILE   the reviewed change, or exit code 7 and nothing done
  flex-stack up -- --continue-on-error      options after -- go to pulumi up`,
    )
    .action(async (options: UpOptions) => {
      const { runUp } = await import("../stack/up.ts");
      context.finish(await runUp(options, context));
    });
}

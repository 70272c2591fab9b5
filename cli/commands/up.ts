import { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addStackOptions, type StackOptions } from "./stack-options.ts";

export interface UpOptions extends StackOptions {
  yes: boolean;
  skipPreview: boolean;
  /** Hold the change against the project's policy pack. */
  policy: boolean;
}

/** `flex-stack up`: brings a stack to what the program and its configuration say. */
export function up(context: CommandContext): Command {
  return addStackOptions(new Command("up"), "update")
    .description("provision a stack: create, update and delete until it is as declared")
    .option("-y, --yes", "do not ask (local stacks are never asked about)", false)
    .option("-f, --skip-preview", "update a real account without looking first", false)
    .option("--no-policy", "leave the project's policy pack out")
    .addHelpText(
      "after",
      `
Examples:
  flex-stack up                             the dev stack, on the local Twilio
  flex-stack up --stack staging             a real account: shows what would change, then asks
  flex-stack up --refresh                   repairs what was changed behind Pulumi's back
  flex-stack up -- --continue-on-error      options after -- go to pulumi up`,
    )
    .action(async (options: UpOptions) => {
      const { runUp } = await import("../stack/up.ts");
      context.finish(await runUp(options, context));
    });
}

import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addStackOptions, type StackOptions } from "./stack-options.ts";

export interface PreviewOptions extends StackOptions {
  expectNoChanges: boolean;
  /** Hold the change against the project's policy pack. */
  policy: boolean;
  /** Where to keep what was found, for `up --plan`. */
  savePlan?: string;
}

/** `flex-stack preview`: what `up` would change, and nothing done. */
export function preview(context: CommandContext): Command {
  return addStackOptions(new Command("preview"), "preview")
    .description("show what up would change, property by property")
    .option("--expect-no-changes", "exit with 7 when something would change", false)
    .option("--no-policy", "leave the project's policy pack out")
    .addOption(
      new Option("--save-plan <file>", "keep what would change, for up --plan").argParser((file) =>
        resolve(file),
      ),
    )
    .addHelpText(
      "after",
      `
Examples:
  flex-stack preview                                    the dev stack
  flex-stack preview --stack prod --refresh             compares with the account first
  flex-stack preview --stack prod --expect-no-changes   for a check: exit code 7 when it differs
  flex-stack preview --json | jq '.changes[].name'      for a program`,
    )
    .action(async (options: PreviewOptions) => {
      const { runPreview } = await import("../stack/preview.ts");
      context.finish(await runPreview(options, context));
    });
}

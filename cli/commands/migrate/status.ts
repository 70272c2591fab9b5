import { Command } from "commander";
import type { CommandContext } from "../../terminal/command-context.ts";
import type { StatusOptions } from "../../migrate/options.ts";
import { withFormat, withStack } from "./options.ts";

/** `flex-stack migrate status`: where every number of a stack stands. */
export function status(context: CommandContext): Command {
  return withFormat(withStack(new Command("status")))
    .description("where every number stands on its way to Flex Conversations; reads only")
    .option("--since <time>", "count texts that reached neither world, so far back: 30m, 1h, 2d")
    .option("--show-content", "show customers' numbers, and commands that name them", false)
    .action(async (options: StatusOptions) => {
      const { runStatus } = await import("../../migrate/run-status.ts");
      context.finish(await runStatus(options, context));
    });
}

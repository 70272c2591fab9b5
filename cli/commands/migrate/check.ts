import { Command } from "commander";
import type { CommandContext } from "../../terminal/command-context.ts";
import type { CheckOptions } from "../../migrate/options.ts";
import { withCut, withFormat, withNumber } from "./options.ts";

/** `flex-stack migrate check`: what keeps a number from its next stage. */
export function check(context: CommandContext): Command {
  return withCut(withFormat(withNumber(new Command("check"))))
    .description("what keeps a number from being cut over, or finished; reads only")
    .addHelpText("after", "\nExit codes: 0 go, 10 something could not be looked up, 23 not yet.")
    .action(async (options: CheckOptions) => {
      const { runCheck } = await import("../../migrate/run-check.ts");
      context.finish(await runCheck(options, context));
    });
}

import { Command } from "commander";
import type { CommandContext } from "../../terminal/command-context.ts";
import type { MoveOptions } from "../../migrate/options.ts";
import { withCut, withNumber, withWriting } from "./options.ts";

/** `flex-stack migrate next`: one stage on. */
export function next(context: CommandContext): Command {
  return withWriting(withCut(withNumber(new Command("next"))))
    .description("write a number's next stage into the configuration, and show the preview")
    .option("--force", "also where check finds what keeps the number from it", false)
    .action(async (options: MoveOptions) => {
      const { runMove } = await import("../../migrate/run-move.ts");
      context.finish(await runMove("next", options, context));
    });
}

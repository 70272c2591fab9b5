import { Command } from "commander";
import type { CommandContext } from "../../terminal/command-context.ts";
import type { MoveOptions } from "../../migrate/options.ts";
import { withNumber, withWriting } from "./options.ts";

/** `flex-stack migrate back`: one stage back. */
export function back(context: CommandContext): Command {
  return withWriting(withNumber(new Command("back")))
    .description("write a number's stage before into the configuration, and show the preview")
    .action(async (options: MoveOptions) => {
      const { runMove } = await import("../../migrate/run-move.ts");
      context.finish(await runMove("back", options, context));
    });
}

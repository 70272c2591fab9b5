import { Command } from "commander";
import type { CommandContext } from "../../terminal/command-context.ts";
import type { MoveOptions } from "../../migrate/options.ts";
import { withNumber, withWriting } from "./options.ts";

/** `flex-stack migrate finish`: nothing of Chat and Proxy stays of a number. */
export function finish(context: CommandContext): Command {
  return withWriting(withNumber(new Command("finish")))
    .description("take out of the configuration what a number had in Chat and Proxy; there is no way back")
    .option(
      "--force",
      "also where the conversations' side is not in order; never while chats are open",
      false,
    )
    .action(async (options: MoveOptions) => {
      const { runMove } = await import("../../migrate/run-move.ts");
      context.finish(await runMove("finish", options, context));
    });
}

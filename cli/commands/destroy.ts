import { Command } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import { addStackOptions } from "./stack-options.ts";
import type { DestroyOptions } from "../stack/options.ts";

/** `flex-stack destroy`: deletes what a stack created, and leaves what it adopted. */
export function destroy(context: CommandContext): Command {
  return addStackOptions(new Command("destroy"), "deletion")
    .description("delete what a stack created; what it adopted stays")
    .option("-y, --yes", "do not ask", false)
    .addHelpText(
      "after",
      `
Examples:
  flex-stack destroy                                     the dev stack
  flex-stack destroy --target flex-routing-worker-pat    one resource and what depends on it
  flex-stack destroy -- --remove                         the stack's state and history too`,
    )
    .action(async (options: DestroyOptions) => {
      const { runDestroy } = await import("../stack/destroy.ts");
      context.finish(await runDestroy(options, context));
    });
}

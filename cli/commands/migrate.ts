import { Command } from "commander";
import { reconcile } from "../migrate/reconcile.ts";
import type { CommandContext } from "../terminal/command-context.ts";

/** `flex-stack migrate`: from Chat and Proxy to Flex Conversations, number by number. */
export function migrate(context: CommandContext): Command {
  return new Command("migrate")
    .description("from Programmable Chat and Proxy to Flex Conversations, number by number")
    .addCommand(reconcile(context));
}

import { Command } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import { reconcile } from "../migrate/reconcile.ts";
import { back } from "./migrate/back.ts";
import { check } from "./migrate/check.ts";
import { finish } from "./migrate/finish.ts";
import { next } from "./migrate/next.ts";
import { plan } from "./migrate/plan.ts";
import { status } from "./migrate/status.ts";

/** `flex-stack migrate`: numbers go from Chat and Proxy to Flex Conversations, one by one. */
export function migrate(context: CommandContext): Command {
  return new Command("migrate")
    .description("bring numbers from Chat and Proxy to Flex Conversations, one by one, and back")
    .addCommand(status(context))
    .addCommand(check(context))
    .addCommand(plan(context))
    .addCommand(next(context))
    .addCommand(back(context))
    .addCommand(reconcile(context))
    .addCommand(finish(context))
    .addHelpText(
      "after",
      `
Examples:
  flex-stack migrate status --stack prod                 where every number stands
  flex-stack migrate check --number main --stack prod    what keeps it from the next step: exit code 23
  flex-stack migrate plan --number main --cut drain      what each step costs
  flex-stack migrate next --number main --stack prod     writes the next stage into Pulumi.prod.yaml, shows the preview

What changes is the stack's configuration; up carries it out. docs/migration.md tells the way.`,
    );
}

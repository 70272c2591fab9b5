import { Command } from "commander";
import type { CommandContext } from "../../terminal/command-context.ts";
import type { PlanOptions } from "../../migrate/options.ts";
import { withCut, withFormat, withNumber } from "./options.ts";

/** `flex-stack migrate plan`: what a number's way costs. */
export function plan(context: CommandContext): Command {
  return withCut(withFormat(withNumber(new Command("plan"))))
    .description("the steps of a number, with what each costs and its way back; asks Twilio nothing")
    .action(async (options: PlanOptions) => {
      const { runPlan } = await import("../../migrate/run-plan.ts");
      context.finish(await runPlan(options, context));
    });
}

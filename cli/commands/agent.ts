import { Command } from "commander";
import type { AgentOptions } from "../agent/options.ts";
import type { CommandContext } from "../terminal/command-context.ts";

/** `flex-stack agent`: how an agent is on the local Twilio. */
export function agent(context: CommandContext): Command {
  return new Command("agent")
    .description("say how an agent is on the local Twilio, or give them another activity")
    .argument("<worker>", "the agent, by name or SID")
    .option("--activity <name>", "the activity they are in from now on")
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .option("--json", "print one JSON document instead of text", false)
    .addHelpText(
      "after",
      `
Examples:
  flex-stack agent alice                         activity, and the tasks she has or is offered
  flex-stack agent alice --activity Available    who let a task time out is back`,
    )
    .action(async (worker: string, options: AgentOptions) => {
      const { runAgent } = await import("../agent/run-agent.ts");
      context.finish(await runAgent(worker, options, context));
    });
}

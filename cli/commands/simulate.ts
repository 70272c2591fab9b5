import { Argument, Command } from "commander";
import type { CommandContext } from "./command-context.ts";

export interface SimulateOptions {
  stack: string;
  from: string;
  body: string;
  to?: string;
  media: string[];
  reply: string[];
  agent?: string;
  json: boolean;
  cwd: string;
}

/** `flex-stack simulate sms`: a message travels through what the stack provisioned on the local Twilio. */
export function simulate(context: CommandContext): Command {
  return new Command("simulate")
    .description("send a message through the local Twilio and show how far it gets")
    .addArgument(new Argument("<kind>", "what is sent").choices(["sms"]))
    .requiredOption("--from <number>", "the customer's number, in E.164")
    .requiredOption("--body <text>", "what the customer writes")
    .option("--to <number>", "the number written to (default: the first of the stack)")
    .option("--media <url...>", "pictures and other files", [])
    .option("--reply <text...>", "what the customer answers when the flow waits for a reply, in order", [])
    .option("--agent <worker>", "accept, answer and complete the task as this worker, by name or SID")
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .option("--json", "print one JSON document instead of text", false)
    .addHelpText(
      "after",
      `
Examples:
  flex-stack simulate sms --from +14155550170 --body "Where is my parcel?" --reply 3
  flex-stack simulate sms --from +14155550170 --body Hello --reply 1 --agent alice   the whole circle
  flex-stack simulate sms --from +14155550170 --body Hello --json | jq .reached

It ends with 1 when the message did not reach an agent.`,
    )
    .action(async (_kind: string, options: SimulateOptions) => {
      const { runSimulation } = await import("../simulate/run-simulation.ts");
      context.finish(await runSimulation(options, context));
    });
}

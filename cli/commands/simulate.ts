import { Command, Option } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import type { ChatOptions, TextOptions } from "../../flex-stack/simulate/index.ts";

/** `flex-stack simulate`: a message travels through what the stack provisioned on the local Twilio. */
export function simulate(context: CommandContext): Command {
  return new Command("simulate")
    .description("send a message through the local Twilio and show how far it gets")
    .addCommand(text(context))
    .addCommand(chat(context))
    .addHelpText(
      "after",
      `
Examples:
  flex-stack simulate sms --from +14155550170 --body "Where is my parcel?" --reply 3
  flex-stack simulate sms --from +14155550170 --body Hello --reply 1 --agent alice   the whole circle
  flex-stack simulate sms --from +14155550170 --body Hello --reply 1 --answer        whoever it is offered to
  flex-stack simulate sms --from +14155550170 --body Hello --json | jq .reached
  flex-stack simulate sms --from +14155550170 --interactive                          you write, and answer
  flex-stack simulate chat --body Hello                                              a visitor of the web site

Who is away only because a reservation timed out is made available first, and that is told.
Who writes again goes on in the conversation that is open.
It ends with 1 when the message did not reach an agent, or not the one that --agent names.`,
    );
}

function text(context: CommandContext): Command {
  return shared("sms", "a text to a number of the stack")
    .requiredOption("--from <number>", "the customer's number, in E.164")
    .option("--to <number>", "the number written to (default: the first of the stack)")
    .action(async (options: TextOptions) => {
      const { runTextSimulation } = await import("../simulate/run-simulation.ts");
      context.finish(await runTextSimulation(options, context));
    });
}

function chat(context: CommandContext): Command {
  return shared("chat", "what a visitor says in a web chat")
    .option("--identity <name>", "the visitor's chat identity", "visitor")
    .action(async (options: ChatOptions) => {
      const { runChatSimulation } = await import("../simulate/run-simulation.ts");
      context.finish(await runChatSimulation(options, context));
    });
}

function shared(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("--body <text>", "what the customer writes; not needed with --media")
    .option("--media <url...>", "pictures and other files", [])
    .option("--reply <text...>", "what the customer answers when the flow waits for a reply, in order", [])
    .option(
      "--agent <worker>",
      "accept, answer, wrap up and complete the task as this worker, by name or SID",
    )
    .addOption(
      new Option("--answer", "whoever is offered the task serves it like that")
        .default(false)
        .conflicts("agent"),
    )
    .addOption(
      new Option("--interactive", "write as the customer and as the agent, text by text; in a terminal")
        .default(false)
        .conflicts(["answer", "json"]),
    )
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .option("--json", "print one JSON document instead of text", false);
}

import { Command, Option } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import type { EmulatorOptions } from "../../flex-stack/local-twilio/emulator-options.ts";
import { minutes, port } from "./stack-options.ts";

/** `flex-stack emulator`: the local Twilio, until it is told to stop. */
export function emulator(context: CommandContext): Command {
  return new Command("emulator")
    .description("run the local Twilio until Ctrl-C")
    .addOption(
      new Option("-p, --port <port>", "port to listen on; 0 takes a free one").default(4100).argParser(port),
    )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--file <path>", "database file, relative to the project", ".local/twilio.db")
    .addOption(
      new Option(
        "--seed <file>",
        "start a new database from this JSON file, or from flex-conversations",
      ).conflicts("empty"),
    )
    .option("--empty", "start a new database with nothing in it but the account", false)
    .option("--reset", "throw away the database first (asks)", false)
    .option("-y, --yes", "do not ask", false)
    .addOption(
      new Option("--task-removal-delay <minutes>", "how long tasks stay after their end, up to a day")
        .default(10)
        .argParser(minutes),
    )
    .option(
      "--allow-host <names...>",
      "names by which browsers may reach its page, besides localhost and addresses",
    )
    .option("--no-number-url", "keep texts that a conversation has taken from their number's own SmsUrl")
    .addOption(
      new Option("--sink <port>", "port on which what the account sends to programs of yours is taken")
        .default(4200)
        .argParser(port),
    )
    .option("--no-sink", "leave that port alone")
    .option("-v, --verbose", "print a line for each request", false)
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .addHelpText(
      "after",
      `
Examples:
  flex-stack emulator                  the account of the dev stack, for npx pulumi or curl
  flex-stack emulator --verbose        and every request it gets
  flex-stack emulator --host 0.0.0.0 --allow-host twilio.test
                                       whose page browsers may open by that name, too
  flex-stack emulator --reset --yes    a new Flex 1.x account
  flex-stack emulator --reset --seed flex-conversations
                                       a new Flex account with Conversations, without Chat's and Proxy's wiring

Twilio's pages contradict each other on whether a number's SmsUrl also gets a text that is in a conversation, or opens one:
here it does, so that two answers are found out before customers get them. --no-number-url has it the other way.

The sink takes what nobody else does: webhooks of the dev stack, and texts to numbers of kind custom, which it answers by TwiML.
A program of yours that has the port already keeps it; --no-sink leaves the port to one that starts later.

Ended tasks stay for 10 minutes, as in Twilio's guide to Flex messaging; TaskRouter's reference says 5.`,
    )
    .action(async (options: EmulatorOptions) => {
      const { runEmulator } = await import("../emulator/run-emulator.ts");
      context.finish(await runEmulator(options, context.terminal));
    });
}

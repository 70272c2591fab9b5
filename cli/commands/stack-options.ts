import { InvalidArgumentError, Option, type Command } from "commander";

/** Adds them; `verb` completes a description ("before the update"). */
export function addStackOptions(command: Command, verb: string): Command {
  return command
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .option("-r, --refresh", `compare with Twilio before the ${verb}`, false)
    .option("-t, --target <name...>", "only these resources, by name or URN", [])
    .addOption(new Option("-p, --parallel <n>", "operations at a time (default: 32)").argParser(operations))
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .option("--json", "print one JSON document instead of text", false);
}

/** How many operations run at a time, as an option's value; Pulumi itself takes no more than 32 bits. */
function operations(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 10_000)
    throw new InvalidArgumentError("It must be a whole number from 1 to 10000.");
  return value;
}

/** A time of up to a day in minutes, parts of them too, as an option's value. */
export function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 24 * 60)) {
    throw new InvalidArgumentError("It must be a number of minutes from 0 to 1440.");
  }
  return value;
}

/** A TCP port, as an option's value. */
export function port(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > 65535) {
    throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
  }
  return value;
}

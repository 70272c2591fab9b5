import { Option, type Command } from "commander";
import type { Cut } from "../../../flex-stack/migrate/index.ts";
import { formats } from "../../../flex-stack/report/format.ts";

const cuts: readonly Cut[] = ["drain", "enable-first", "clear-first", "pool"];

/** Which stack, of which project. */
export function withStack(command: Command): Command {
  return command
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .option("-C, --cwd <folder>", "the project's folder", process.cwd());
}

/** Which of its numbers. */
export function withNumber(command: Command): Command {
  return withStack(
    command.requiredOption("--number <key>", "a key of messageHandling.numbers, or the number in E.164"),
  );
}

export function withFormat(command: Command): Command {
  return command
    .addOption(
      new Option("--format <format>", "how the result is written; --json is --format json")
        .choices(formats)
        .conflicts("json")
        .default("text"),
    )
    .option("--json", "print one JSON document instead of text", false);
}

/** How it changes hands. */
export function withCut(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--cut <cut>",
        "how it changes hands (default: the one that the number has, else enable-first)",
      ).choices(cuts),
    )
    .option("--messaging-service <sid>", "the Messaging Service of the cut pool (MG…)");
}

export function withWriting(command: Command): Command {
  return command
    .option("--dry-run", "show what would be written, and write nothing", false)
    .option("-y, --yes", "do not ask", false);
}

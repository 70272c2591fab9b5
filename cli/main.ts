import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { Command, CommanderError, type Option } from "commander";
import { commands } from "./commands/commands.ts";
import { ExitCode } from "../flex-stack/failure/exit-code.ts";
import { exitCodeHelp } from "./exit-code-help.ts";
import { asFailure, Failure, failureJson, failureText } from "../flex-stack/failure/failure.ts";
import { lines } from "../flex-stack/failure/safe-text.ts";
import type { Dialogue } from "../flex-stack/ports/dialogue.ts";
import packageJson from "../package.json" with { type: "json" };
import { processTerminal } from "./terminal/terminal.ts";

const versionText = `flex-stack ${packageJson.version} (Pulumi ${packageJson.dependencies.pulumi}, Node ${process.versions.node})`;

const tryHelp = "Try flex-stack --help.";

/** Runs one command line (without `node` and the script) and returns the exit code. */
export async function main(
  words: readonly string[],
  terminal: Dialogue = processTerminal(),
): Promise<number> {
  const split = words.indexOf("--");
  const own = split < 0 ? words : words.slice(0, split);
  let exitCode: number = ExitCode.ok;
  const program = new Command("flex-stack")
    .description("Twilio Flex messaging, provisioned from code")
    .version(versionText, "-V, --version", "print the versions of flex-stack, Pulumi and Node")
    .addHelpText("after", `\nOptions after -- go to Pulumi as they are.\n\n${exitCodeHelp}`)
    .showHelpAfterError(tryHelp)
    .configureHelp({ optionDescription })
    .configureOutput({ outputError: (text, write) => write(lines(withoutForce(text))) })
    .exitOverride();
  const context = {
    terminal,
    pulumiOptions: split < 0 ? [] : words.slice(split + 1),
    finish: (code: number) => {
      exitCode = code;
    },
  };
  for (const command of commands) program.addCommand(inherit(command(context), program));
  try {
    await program.parseAsync(own, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return ExitCode.ok;
      // The sentence itself is on stderr already.
      if (own.includes("--json")) terminal.print(failureJson(usageFailure(error)));
      return ExitCode.usage;
    }
    const failure = asFailure(error);
    terminal.complain(failureText(failure, terminal));
    if (own.includes("--json")) terminal.print(failureJson(failure));
    if (process.env["FLEX_STACK_DEBUG"]) terminal.complain(String((error as Error).stack ?? error));
    return failure.exitCode;
  }
  return exitCode;
}

function usageFailure({ message }: CommanderError): Failure {
  return new Failure({
    what: withoutForce(message).replace(/^error: /, ""),
    fix: tryHelp,
    exitCode: ExitCode.usage,
  });
}

/** Nobody who mistyped something else is led to what overrides a refusal. */
function withoutForce(message: string): string {
  return message.replace(/\n\(Did you mean --force\?\)/, "");
}

/** Gives a command, and those below it, the settings of the program. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const below of command.commands) inherit(below, command);
  return command;
}

/** Without the defaults that go without saying: off, nothing, this folder. */
function optionDescription({ description, defaultValue }: Option): string {
  const goesWithoutSaying =
    defaultValue === undefined || defaultValue === false || defaultValue === process.cwd();
  if (goesWithoutSaying || (Array.isArray(defaultValue) && defaultValue.length === 0)) return description;
  return `${description} (default: ${String(defaultValue)})`;
}

/** A reader that has seen enough (`| head`) must not break an update half-way. */
function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    });
  }
}

/** Runs this process's own command line. */
export async function run(): Promise<void> {
  enableCompileCache(join(import.meta.dirname, "..", ".local", "compile-cache"));
  await import("../lean-sdk/lean-twilio.ts");
  tolerateClosedOutput();
  process.exitCode = await main(process.argv.slice(2));
}

if (import.meta.main) await run();

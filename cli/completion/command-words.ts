import type { Command, Option } from "commander";

/** What can be typed after a command. */
export interface CommandWords {
  /** The command and those above it, without the program: `["migrate", "next"]`; empty for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly OptionWords[];
  /** Values of its first argument, where they are few. */
  readonly values: readonly string[];
}

export interface OptionWords {
  /** `-s` */
  readonly short: string | undefined;
  /** `--stack` */
  readonly long: string;
  readonly description: string;
  /** What its value is: none, one of a few, the name of a stack, or anything, such as a file. */
  readonly value: "none" | "stack" | "any" | readonly string[];
}

/** The program and every command below it, whatever depth. */
export function commandWords(program: Command, path: readonly string[] = []): CommandWords[] {
  const { commands, options } = program;
  const own: CommandWords = {
    path,
    description: program.description(),
    commands: commands.map((command) => ({ name: command.name(), description: command.description() })),
    options: [...options.filter(({ hidden }) => !hidden).map(optionWords), help],
    values: program.registeredArguments[0]?.argChoices ?? [],
  };
  return [own, ...commands.flatMap((command) => commandWords(command, [...path, command.name()]))];
}

const help: OptionWords = {
  short: "-h",
  long: "--help",
  description: "display help for command",
  value: "none",
};

function optionWords({ short, long = "", description, argChoices, required, optional }: Option): OptionWords {
  const takesValue = required || optional;
  const value = !takesValue ? "none" : (argChoices ?? (long === "--stack" ? "stack" : "any"));
  return { short, long, description, value };
}

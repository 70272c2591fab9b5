import type { CommandWords, OptionWords } from "./command-words.ts";

/** Completion for fish: a line for each command and option. */
export function fishCompletion(all: readonly CommandWords[]): string {
  const lines = all.flatMap(({ path, commands, options, values }) => {
    const here = condition(path, commands);
    return [
      ...commands.map(({ name, description }) =>
        line(here, [`-f -a ${quoted(name)}`, `-d ${quoted(description)}`]),
      ),
      ...values.map((value) => line(here, [`-f -a ${quoted(value)}`])),
      ...options.map((option) => line(here, optionParts(option))),
    ];
  });
  return `# fish completion of flex-stack: flex-stack completion fish | source
function __flex_stack_stacks
    for file in Pulumi.*.yaml
        string replace -r '^Pulumi\\.(.*)\\.yaml$' '$1' -- $file
    end
end
${lines.join("\n")}
`;
}

/** Holds where the commands of the path were typed, and none of those below it. */
function condition(path: readonly string[], below: CommandWords["commands"]): string {
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const names = below.map(({ name }) => name).join(" ");
  return [...seen, ...(names === "" ? [] : [`not __fish_seen_subcommand_from ${names}`])].join("; and ");
}

function optionParts({ short, long, description, value }: OptionWords): string[] {
  const values =
    value === "none"
      ? []
      : value === "any"
        ? ["-r"]
        : [`-x -a ${quoted(value === "stack" ? "(__flex_stack_stacks)" : value.join(" "))}`];
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    `-l ${long.slice(2)}`,
    ...values,
    `-d ${quoted(description)}`,
  ];
}

function line(here: string, parts: readonly string[]): string {
  return `complete -c flex-stack -n ${quoted(here)} ${parts.join(" ")}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

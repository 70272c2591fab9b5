import type { CommandWords, OptionWords } from "./command-words.ts";

/** Completion for zsh, with what each command and option is for. */
export function zshCompletion(all: readonly CommandWords[]): string {
  const paths = all.filter(({ path }) => path.length > 0).map(({ path }) => `"${path.join(" ")}"`);
  return `#compdef flex-stack
# zsh completion of flex-stack: source <(flex-stack completion zsh)
_flex_stack() {
  local path_so_far="" previous=\${words[CURRENT-1]} i
  local -a described stacks
  for ((i = 2; i < CURRENT; i++)); do
    # What follows goes to Pulumi.
    [[ \${words[i]} == -- ]] && return
    case "\${path_so_far:+$path_so_far }\${words[i]}" in
      ${paths.join("|")}) path_so_far="\${path_so_far:+$path_so_far }\${words[i]}" ;;
    esac
  done
  stacks=(Pulumi.*.yaml(N:r:e))
  case "$path_so_far:$previous" in
${all.flatMap(({ path, options }) => options.flatMap((option) => valueCase(path, option))).join("\n")}
  esac
  case "$path_so_far" in
${all.map(wordsCase).join("\n")}
  esac
  _describe "flex-stack" described || _files
}
compdef _flex_stack flex-stack
`;
}

function valueCase(path: readonly string[], { short, long, value }: OptionWords): string[] {
  if (value === "none") return [];
  const patterns = [short, long].flatMap((flag) =>
    flag === undefined ? [] : [`"${path.join(" ")}:${flag}"`],
  );
  const action =
    value === "stack" ? "compadd -- $stacks" : value === "any" ? "_files" : `compadd -- ${value.join(" ")}`;
  return [`    ${patterns.join("|")}) ${action}; return ;;`];
}

function wordsCase({ path, commands, options, values }: CommandWords): string {
  const words = [
    ...commands.map(({ name, description }) => entry(name, description)),
    ...values.map((value) => entry(value, "")),
    ...options.map(({ long, description }) => entry(long, description)),
  ];
  return `    "${path.join(" ")}") described=(${words.join(" ")}) ;;`;
}

function entry(word: string, description: string): string {
  return `'${`${word}:${description}`.replaceAll("'", "'\\''")}'`;
}

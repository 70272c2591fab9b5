import type { CommandWords, OptionWords } from "./command-words.ts";

/** Completion for bash, as one function. Stacks are those that have a file here. */
export function bashCompletion(all: readonly CommandWords[]): string {
  const paths = all.filter(({ path }) => path.length > 0).map(({ path }) => `"${path.join(" ")}"`);
  return `# bash completion of flex-stack: source <(flex-stack completion bash)
_flex_stack() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local path="" words="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    # What follows goes to Pulumi.
    [[ \${COMP_WORDS[i]} == -- ]] && return
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${paths.join("|")}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path:$previous" in
${all.flatMap(({ path, options }) => options.flatMap((option) => valueCase(path, option))).join("\n")}
  esac
  case "$path" in
${all.map(wordsCase).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
_flex_stack_stacks() {
  local file
  for file in Pulumi.*.yaml; do
    [[ -e $file ]] && file=\${file#Pulumi.} && echo "\${file%.yaml}"
  done
}
complete -o default -F _flex_stack flex-stack
`;
}

function valueCase(path: readonly string[], { short, long, value }: OptionWords): string[] {
  if (value === "none") return [];
  const patterns = [short, long].flatMap((flag) =>
    flag === undefined ? [] : [`"${path.join(" ")}:${flag}"`],
  );
  const words = value === "stack" ? "$(_flex_stack_stacks)" : value === "any" ? undefined : value.join(" ");
  const found = words === undefined ? "" : ` COMPREPLY=($(compgen -W "${words}" -- "$current"));`;
  return [`    ${patterns.join("|")})${found} return ;;`];
}

function wordsCase({ path, commands, options, values }: CommandWords): string {
  const words = [...commands.map(({ name }) => name), ...values, ...options.map(({ long }) => long)];
  return `    "${path.join(" ")}") words="${words.join(" ")}" ;;`;
}

import { Argument, Command } from "commander";
import { shells, type Shell } from "../completion/shells.ts";
import type { CommandContext } from "../terminal/command-context.ts";

/** `flex-stack completion`: what a shell completes after flex-stack. */
export function completion({ terminal }: CommandContext): Command {
  return new Command("completion")
    .description("print a script by which a shell completes commands, options and stacks")
    .addArgument(new Argument("<shell>", shells.join(", ")).choices(shells))
    .addHelpText(
      "after",
      `
A shell completes what it finds by itself: export PATH="$PWD/node_modules/.bin:$PATH" in the project, then
  source <(flex-stack completion bash)         bash, e.g. in ~/.bashrc
  source <(flex-stack completion zsh)          zsh, after compinit
  flex-stack completion fish | source          fish`,
    )
    .action(async (shell: Shell, _options: object, command: Command) => {
      const { completion: script } = await import("../completion/run-completion.ts");
      terminal.print(script(shell, command.parent ?? command));
    });
}

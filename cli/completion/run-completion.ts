import type { Command } from "commander";
import { bashCompletion } from "./bash.ts";
import { commandWords } from "./command-words.ts";
import { fishCompletion } from "./fish.ts";
import type { Shell } from "./shells.ts";
import { zshCompletion } from "./zsh.ts";

/** A script for a shell, by which it completes what is typed after flex-stack. */
export function completion(shell: Shell, program: Command): string {
  const write = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }[shell];
  return write(commandWords(program)).trimEnd();
}

import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";

/** What every command gets from the process it runs in. */
export interface CommandContext {
  terminal: Dialogue;
  /** What stood after `--` on the command line: options for Pulumi itself, verbatim. */
  pulumiOptions: readonly string[];
  /** Says with which code the process ends; see exit-code.ts. */
  finish(exitCode: number): void;
}

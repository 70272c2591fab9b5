import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import type { CommandContext } from "../terminal/command-context.ts";

/** With `--json` stdout belongs to the one document; what is told on the way goes to stderr. */
export function conversation({ terminal }: CommandContext, { json }: { json: boolean }): Dialogue {
  if (!json) return terminal;
  return {
    live: false,
    interactive: terminal.interactive,
    columns: terminal.columns,
    print: (text = "") => terminal.complain(text),
    complain: (text) => terminal.complain(text),
    style: (_, text) => text,
    ask: (question, signal) => terminal.ask(question, signal),
  };
}

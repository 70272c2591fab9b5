import type { CommandContext } from "../commands/command-context.ts";
import type { StackOptions } from "../commands/stack-options.ts";
import { operationJson } from "../output/operation-json.ts";
import type { Terminal } from "../terminal.ts";
import { ExitCode } from "../exit-code.ts";
import type { EngineOutcome } from "./run-engine.ts";

/** With `--json` stdout belongs to the one document; what is told on the way goes to stderr. */
export function conversation({ terminal }: CommandContext, { json }: Pick<StackOptions, "json">): Terminal {
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

/** Prints the document of `--json`. */
export function printJson({ terminal }: CommandContext, stack: string, outcome: EngineOutcome): void {
  const { operation, exitCode, durationMs, apiRequests } = outcome;
  const succeeded = exitCode === ExitCode.ok;
  terminal.print(
    JSON.stringify(operationJson(operation, { stack, succeeded, durationMs, apiRequests }), null, 2),
  );
}

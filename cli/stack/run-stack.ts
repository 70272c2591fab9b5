import { onInterrupt } from "../terminal/interrupt.ts";
import { chooseProgress } from "../progress/choose-progress.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import type { SessionOptions } from "../../flex-stack/session/stack-session.ts";
import { explainUnsaid } from "../../flex-stack/whereabouts/unsaid.ts";
import { withStack, type Caller } from "../../flex-stack/session/with-stack.ts";

/**
 * Runs a command's body on a stack: the first Ctrl-C stops it when the current operations are done, the next at once.
 *
 * @returns The exit code: the body's, or that of the signal that stopped it.
 */
export async function runStack(
  options: SessionOptions,
  terminal: Dialogue,
  body: (run: StackRun) => Promise<number>,
): Promise<number> {
  const caller: Caller = {
    dialogue: terminal,
    progress: (asked) => chooseProgress(terminal, asked),
    onInterrupt: (stops) =>
      onInterrupt({
        onFirst: (signal) => {
          const name = signal === "SIGINT" ? "Ctrl-C" : signal;
          stops.soon(`${name}: stopping when the current operations are done. Again to stop at once.`);
        },
        onSecond: () => stops.atOnce("Stopping at once."),
      }),
  };
  return withStack(options, caller, async (run) => {
    try {
      return await body(run);
    } catch (error) {
      throw await explainUnsaid(run, error);
    }
  });
}

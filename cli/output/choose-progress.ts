import type { Terminal } from "../terminal.ts";
import { lineProgress, silentProgress, type ProgressReporter } from "./progress.ts";

/** A moving bar where somebody watches, plain lines elsewhere, errors only for programs. */
export async function chooseProgress(
  terminal: Terminal,
  options: { json: boolean; title: string; expected: number },
): Promise<ProgressReporter> {
  if (options.json) return silentProgress(terminal);
  if (!terminal.live) return lineProgress(terminal);
  const { progressBar } = await import("./progress-bar.ts");
  return progressBar(terminal, options.title, options.expected);
}

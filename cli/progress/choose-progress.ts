import type { ProgressOptions, ProgressReporter } from "../../flex-stack/changes/progress-reporter.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { lineProgress, silentProgress } from "./progress.ts";

/** A moving bar where somebody watches, plain lines elsewhere, errors only for programs. */
export async function chooseProgress(
  terminal: Dialogue,
  options: ProgressOptions,
): Promise<ProgressReporter> {
  if (options.json) return silentProgress(terminal);
  if (!terminal.live) return lineProgress(terminal, options.beside);
  const { progressBar } = await import("./progress-bar.ts");
  return progressBar(terminal, options);
}

import type { Progress } from "../../flex-stack/changes/operation.ts";
import type { ProgressOptions, ProgressReporter } from "../../flex-stack/changes/progress-reporter.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { changeLine, notesText } from "../text/change-text.ts";
import { driftText } from "../text/refreshed-text.ts";
import { diagnosticText } from "../text/diagnostic-text.ts";

/** Shows no progress: the result is for a program. */
export function silentProgress(terminal: Dialogue): ProgressReporter {
  return { show: () => undefined, tell: (text) => terminal.complain(text), finish: () => undefined };
}

/** A line for each resource that changed and each message; nothing moves. For logs. */
export function lineProgress(terminal: Dialogue, beside?: ProgressOptions["beside"]): ProgressReporter {
  return {
    show: (progress) => {
      const line = newsText(progress, terminal, beside);
      if (line === undefined) return;
      if (progress.kind === "diagnostic" && progress.diagnostic.severity !== "info") terminal.complain(line);
      else terminal.print(line);
    },
    tell: (text) => terminal.complain(text),
    finish: () => undefined,
  };
}

/** What is worth a line that stays: finished changes and messages. */
export function newsText(
  progress: Progress,
  terminal: Dialogue,
  beside: ProgressOptions["beside"] = () => [],
): string | undefined {
  if (progress.kind === "diagnostic") return diagnosticText(progress.diagnostic, terminal);
  if (progress.kind === "compared") return progress.drift && driftText(progress.drift, terminal);
  const { change } = progress;
  const isNews =
    change.status === "failed" || (change.status === "done" && change.kind !== "same" && change.remote);
  if (!isNews) return undefined;
  const means = change.status === "done" ? beside(change) : [];
  return [changeLine(change, terminal, 28), ...means, ...notesText(change, terminal)].join("\n");
}

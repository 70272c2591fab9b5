import { SingleBar } from "cli-progress";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";

export interface StepProgress {
  /** Another step begins. */
  next(name: string): void;
  /** Takes away what moves. */
  finish(): void;
}

/** Milliseconds after which a log is told that work goes on. */
const patience = 2000;

/** A bar where somebody watches; elsewhere a line when it takes long. */
export function stepProgress(
  terminal: Dialogue,
  isText: boolean,
  total: number,
  stream: NodeJS.WritableStream = process.stdout,
  command = "diagnose",
): StepProgress {
  if (!terminal.live || !isText) {
    const timer = setTimeout(() => terminal.complain("Reading the account …"), patience).unref();
    return { next: () => undefined, finish: () => clearTimeout(timer) };
  }
  const bar = new SingleBar({
    format: `${command}  {bar} {value}/{total}  {duration_formatted}  {current}`,
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    stream,
  });
  bar.start(total, 0, { current: "" });
  let done = 0;
  return {
    next: (current) => bar.update(done++, { current }),
    finish: () => {
      bar.update(total);
      bar.stop();
    },
  };
}

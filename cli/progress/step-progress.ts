import { SingleBar } from "cli-progress";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { barLine } from "./bar-line.ts";

export interface StepProgress {
  /** Another step begins. */
  next(name: string): void;
  /** Takes away what moves. */
  finish(): void;
}

export interface StepProgressOptions {
  /** What is done. @default "diagnose" */
  readonly name?: string;
  /** What a log is told when it takes long. @default "Reading the account …" */
  readonly told?: string;
  readonly stream?: NodeJS.WritableStream;
}

/** Milliseconds after which a log is told that work goes on. */
const patience = 2000;

/** A bar where somebody watches; elsewhere a line when it takes long. */
export function stepProgress(
  terminal: Dialogue,
  isText: boolean,
  total: number,
  { name = "diagnose", told = "Reading the account …", stream = process.stdout }: StepProgressOptions = {},
): StepProgress {
  if (!terminal.live || !isText) {
    const timer = setTimeout(() => terminal.complain(told), patience).unref();
    return { next: () => undefined, finish: () => clearTimeout(timer) };
  }
  const line = barLine(name, terminal.columns);
  const bar = new SingleBar({ ...line.options, stream });
  bar.start(total, 0, { current: "" });
  let done = 0;
  return {
    next: (current) => bar.update(done++, { current: line.fit(current) }),
    finish: () => {
      bar.update(total);
      bar.stop();
    },
  };
}

import { constants } from "node:os";

export interface InterruptHandler {
  /** The first signal: stop gracefully. */
  onFirst(signal: NodeJS.Signals): void;
  /** The second: stop now. */
  onSecond(signal: NodeJS.Signals): void;
}

export interface Interrupts {
  /** 128 + the signal's number once one came, else undefined. */
  readonly exitCode: number | undefined;
  /** Gives the signals back to Node's defaults. */
  release(): void;
}

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Turns Ctrl-C, termination and a closed terminal into one request to stop, and a repeated one into an order. */
export function onInterrupt(handler: InterruptHandler, source: NodeJS.Process = process): Interrupts {
  let exitCode: number | undefined;
  const receive = (signal: NodeJS.Signals): void => {
    if (exitCode === undefined) {
      exitCode = 128 + constants.signals[signal];
      handler.onFirst(signal);
    } else {
      handler.onSecond(signal);
    }
  };
  for (const signal of signals) source.on(signal, receive);
  return {
    get exitCode() {
      return exitCode;
    },
    release: () => {
      for (const signal of signals) source.off(signal, receive);
    },
  };
}

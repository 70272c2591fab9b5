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

export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** One Ctrl-C arrives twice under `npm run`: from the terminal, and passed on by npm. Milliseconds. */
const echoTime = 300;

/** Turns Ctrl-C, termination and a closed terminal into one request to stop, and a repeated one into an order. */
export function onInterrupt(
  handler: InterruptHandler,
  source: SignalSource = process,
  now: () => number = () => performance.now(),
): Interrupts {
  let exitCode: number | undefined;
  let first = 0;
  const receive = (signal: NodeJS.Signals): void => {
    if (exitCode === undefined) {
      exitCode = 128 + constants.signals[signal];
      first = now();
      handler.onFirst(signal);
    } else if (now() - first > echoTime) {
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

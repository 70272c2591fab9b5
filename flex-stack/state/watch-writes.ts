import type { Unwritable } from "./room.ts";

export interface WriteWatch {
  /** When Pulumi was last heard, in milliseconds of `now`. */
  heard(): void;
  /** Why the state can't be written, once that is certain. */
  readonly found: Unwritable | undefined;
  stop(): void;
}

export interface WatchOptions {
  /** Tries to write. */
  probe(): Promise<Unwritable | undefined>;
  /** Told once. */
  onUnwritable(found: Unwritable): void;
  /** Milliseconds between looks. @default 2000 */
  every?: number;
  now?(): number;
}

/** So many tries in a row must fail: one alone may have met the moment before somebody made room. */
const certain = 2;

/**
 * Finds out why Pulumi stands still: it tries for half a minute, without a word, to write a state that can't be written.
 * While it says something nothing is tried, and where writing works it stands still for a reason of its own.
 */
export function watchWrites({
  probe,
  onUnwritable,
  every = 2000,
  now = () => performance.now(),
}: WatchOptions): WriteWatch {
  let last = now();
  let failed = 0;
  let found: Unwritable | undefined;
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy || found !== undefined) return;
    if (now() - last < every) {
      failed = 0;
      return;
    }
    busy = true;
    const why = await probe().catch(() => undefined);
    busy = false;
    failed = why === undefined ? 0 : failed + 1;
    if (why === undefined || failed < certain || stopped) return;
    found = why;
    stop();
    onUnwritable(why);
  };
  let stopped = false;
  const timer = setInterval(() => void look(), every);
  timer.unref();
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  return {
    heard: () => {
      last = now();
    },
    get found() {
      return found;
    },
    stop,
  };
}

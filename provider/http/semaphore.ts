/**
 * Lets so many holders in; the others wait in order. How many is halved when it proves too many, and grows back by one
 * each time that as many holders as there may be had no trouble (additive increase, multiplicative decrease).
 */
export class Semaphore {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #limit: number;
  #held = 0;
  #lowered = 0;

  /** @param most Never more holders than that; 1 or more. */
  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** Holders that there may be at the moment. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** How often the limit was lowered: whoever began before is no news for {@link lower}. */
  get lowered(): number {
    return this.#lowered;
  }

  /** Runs `work` once there is room. Stops waiting, with the signal's reason, when it aborts. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#held -= 1;
      this.#admit();
    }
  }

  /**
   * So many at once were too many. Those that were under way together tell of one and the same crowd.
   *
   * @param lowered What {@link lowered} was when whoever says so began.
   */
  lower(lowered: number): void {
    if (lowered !== this.#lowered) return;
    this.#lowered += 1;
    this.#limit = Math.max(1, this.limit / 2);
  }

  /** One of them had no trouble. */
  raise(): void {
    if (this.#limit >= this.#most) return;
    this.#limit = Math.min(this.#most, this.#limit + 1 / this.limit);
    this.#admit();
  }

  #admit(): void {
    while (this.#held < this.limit && this.#waiting.length > 0) {
      this.#held += 1;
      this.#waiting.shift()?.();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#held < this.limit) {
      this.#held += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(signal.reason as Error);
      };
      this.#waiting.push(turn);
      signal.addEventListener("abort", leave, { once: true });
    });
  }
}

/**
 * Runs something once for everything that asks for it meanwhile: one run at a time, and one more where it was asked for during
 * one, because that began before.
 */
export class SerialRuns {
  readonly #run: (why: readonly string[]) => Promise<void>;
  #waiting: string[] | undefined;
  #current: Promise<void> | undefined;

  constructor(run: (why: readonly string[]) => Promise<void>) {
    this.#run = run;
  }

  /** @param why what asks for it; told to the run, once each. @returns when nothing is left to run */
  ask(why: readonly string[]): Promise<void> {
    this.#waiting = [...new Set([...(this.#waiting ?? []), ...why])];
    this.#current ??= this.#all().finally(() => (this.#current = undefined));
    return this.#current;
  }

  /** When nothing is left to run. */
  get idle(): Promise<void> {
    return this.#current ?? Promise.resolve();
  }

  async #all(): Promise<void> {
    while (this.#waiting !== undefined) {
      const why = this.#waiting;
      this.#waiting = undefined;
      await this.#run(why);
    }
  }
}

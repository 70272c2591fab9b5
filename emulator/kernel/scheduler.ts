import type { Clock } from "./clock.ts";
import type { Kernel } from "./kernel.ts";

/** Longest delay of a timer. */
const longestDelay = 2 ** 31 - 1;

/** How long it waits, in milliseconds, before it tries again what the database could not take. */
const retryDelay = 1000;

/**
 * Has what is due done when its time comes: by real time, or because the clock is advanced. It holds nothing of its own:
 * what is due stands in the store.
 */
export class Scheduler {
  readonly #kernel: Kernel;
  readonly #clock: Clock;
  readonly #settled: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #armedFor: number | undefined;
  #advancing: Promise<void> = Promise.resolve();
  #isRunning = false;

  /** @param settled resolves when no webhook is under way */
  constructor(kernel: Kernel, clock: Clock, settled: () => Promise<void>) {
    this.#kernel = kernel;
    this.#clock = clock;
    this.#settled = settled;
    kernel.onCommit(() => this.#arm());
  }

  /** From now on what is due is done by itself. */
  start(): void {
    this.#isRunning = true;
    this.#arm();
  }

  /** Advances the clock by so many milliseconds; see `advanceTo`. Of several calls at once each adds its part. */
  advanceBy(milliseconds: number): Promise<void> {
    return this.#inTurn(() => this.#advance(this.#clock.now() + milliseconds));
  }

  /**
   * Brings the clock to a moment (a past one leaves it alone), with all that is due on the way, each at its time. Before
   * time moves on, the webhooks under way are waited for: they take no time of this clock.
   */
  advanceTo(moment: number): Promise<void> {
    return this.#inTurn(() => this.#advance(moment));
  }

  /** Brings the clock to a moment that is told once no webhook is under way; see `advanceTo`. */
  advanceToNext(next: () => number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#settled();
      await this.#advance(next());
    });
  }

  /** Stops; what is due stays in the store. */
  close(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#advancing.then(work);
    // The next one comes after this one, whether it fails or not.
    this.#advancing = turn.catch(() => undefined);
    await turn;
  }

  async #advance(moment: number): Promise<void> {
    for (;;) {
      await this.#settled();
      if (!this.#isRunning) return;
      const due = this.#kernel.nextDue;
      const step = due === undefined ? moment : Math.min(due, moment);
      this.#clock.moveTo(step);
      const trouble = this.#kernel.catchUp();
      if (trouble !== undefined) throw trouble;
      if (step === moment) break;
    }
    await this.#settled();
    this.#arm();
  }

  #arm(): void {
    if (!this.#isRunning) return;
    const due = this.#kernel.nextDue;
    if (due === this.#armedFor) return;
    clearTimeout(this.#timer);
    this.#armedFor = due;
    if (due === undefined) return;
    const delay = Math.min(Math.max(due - this.#clock.now(), 0), longestDelay);
    this.#timer = setTimeout(() => this.#fire(), delay).unref();
  }

  #fire(): void {
    if (!this.#isRunning) return;
    this.#armedFor = undefined;
    if (this.#kernel.catchUp() === undefined) this.#arm();
    else this.#timer = setTimeout(() => this.#fire(), retryDelay).unref();
  }
}

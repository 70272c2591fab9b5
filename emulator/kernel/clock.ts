/** Tells the time in milliseconds since 1970. */
export type TimeSource = () => number;

/** Keeps the offset of a clock across restarts. */
export interface OffsetStore {
  read(): number;
  write(offset: number): void;
}

/** The time that resources see: a source plus an offset, which is kept, so that an advanced clock stays so. */
export class Clock {
  readonly #source: TimeSource;
  readonly #store: OffsetStore;
  #offset: number;
  /** Told of each step forward. */
  onMove: () => void = () => undefined;

  constructor(source: TimeSource, store: OffsetStore) {
    this.#source = source;
    this.#store = store;
    this.#offset = store.read();
  }

  now(): number {
    return this.#source() + this.#offset;
  }

  /** How far it is ahead of its source, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  /** Moves time forward to a moment; one that is over leaves it alone. */
  moveTo(moment: number): void {
    const step = moment - this.now();
    if (step > 0) this.advance(step);
  }

  /** Moves time forward by that many milliseconds. */
  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new RangeError(`The clock only moves forward; ${milliseconds} ms is no such step`);
    }
    this.#store.write(this.#offset + milliseconds);
    this.#offset += milliseconds;
    this.onMove();
  }
}

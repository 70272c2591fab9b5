const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME = 100;
const ERASE_LINE = "\r\u001b[2K";
// How often a log that is no terminal is told that a step still runs.
const HEARTBEAT = 15_000;

/**
 * @typedef {object} Progress what a running step tells
 * @property {(text: string) => void} update
 */

/** Shows the steps of the set-up: one moving line on a terminal, plain lines elsewhere. */
export class Report {
  /** @type {Map<string, { text: string, startedAt: number }>} */
  #running = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #frame = 0;

  /**
   * @param {Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">} stream
   * @param {() => number} [now] milliseconds
   */
  constructor(stream, now = () => performance.now()) {
    this.stream = stream;
    this.now = now;
  }

  /**
   * Runs one step and tells how long it took.
   *
   * @param {string} name
   * @param {string} doing what it does, such as "installing 500 packages"
   * @param {(progress: Progress) => Promise<string>} run returns what was done
   */
  async step(name, doing, run) {
    const step = { text: doing, startedAt: this.now() };
    this.#running.set(name, step);
    this.#line(`set-up: ${name}: ${doing}`, false);
    this.#startTimer();
    try {
      const done = await run({ update: (text) => void (step.text = text) });
      this.#finish(name);
      this.#line(`set-up: ${name}: ${done} (${seconds(this.now() - step.startedAt)})`, true);
    } catch (error) {
      this.#finish(name);
      throw error;
    }
  }

  /** @param {string} text */
  say(text) {
    this.#line(`set-up: ${text}`, true);
  }

  /** @param {string} name */
  #finish(name) {
    this.#running.delete(name);
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      if (this.stream.isTTY) {
        this.stream.write(ERASE_LINE);
      }
    }
  }

  #startTimer() {
    this.#timer ??= setInterval(
      () => (this.stream.isTTY ? this.#draw() : this.#tellAll()),
      this.stream.isTTY ? FRAME : HEARTBEAT,
    );
  }

  #draw() {
    const steps = [...this.#running].map(
      ([name, { text, startedAt }]) => `${name}: ${text} (${seconds(this.now() - startedAt)})`,
    );
    const spinner = SPINNER[this.#frame++ % SPINNER.length];
    const line = `${spinner} ${steps.join("  |  ")}`.slice(0, (this.stream.columns || 80) - 1);
    this.stream.write(`${ERASE_LINE}${line}`);
  }

  #tellAll() {
    for (const [name, { text, startedAt }] of this.#running) {
      this.stream.write(`set-up: ${name}: ${text} (${seconds(this.now() - startedAt)})\n`);
    }
  }

  /**
   * @param {string} text
   * @param {boolean} always on a terminal, the moving line shows what starts
   */
  #line(text, always) {
    if (this.stream.isTTY) {
      if (always) {
        this.stream.write(`${ERASE_LINE}${text}\n`);
      }
    } else {
      this.stream.write(`${text}\n`);
    }
  }
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

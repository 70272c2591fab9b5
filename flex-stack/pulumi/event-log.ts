import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";

/** Milliseconds between looks at what Pulumi has written: what is shown should seem to be now. */
const interval = 25;
const chunk = 256 * 1024;

/**
 * The file into which a run of Pulumi's engine writes its events (`--event-log`), one line of JSON each, read while it
 * grows. Secrets are masked in it.
 */
export class EventLog {
  readonly #folder = mkdtempSync(join(tmpdir(), "flex-stack-events-"));
  readonly file = join(this.#folder, "events");
  readonly #onEvent: (event: EngineEvent) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #buffer = Buffer.alloc(chunk);
  readonly #decoder = new StringDecoder("utf8");
  #descriptor: number | undefined;
  #rest = "";
  #failure: Error | undefined;

  constructor(onEvent: (event: EngineEvent) => void) {
    this.#onEvent = onEvent;
    this.#timer = setInterval(() => this.#look(), interval);
  }

  /**
   * Reads what is left, once Pulumi has ended, and takes the file away.
   *
   * @throws what the listener threw; SyntaxError when a line is no event, as on a disk that was full for a while
   */
  end(): void {
    clearInterval(this.#timer);
    this.#look();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    rmSync(this.#folder, { recursive: true, force: true });
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** A listener that fails hears no more, and Pulumi goes on: to leave it alone half-way would be worse. */
  #look(): void {
    if (this.#failure !== undefined) return;
    try {
      this.#read();
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  #read(): void {
    if (this.#descriptor === undefined) {
      if (!existsSync(this.file)) return;
      this.#descriptor = openSync(this.file, "r");
    }
    for (;;) {
      const length = readSync(this.#descriptor, this.#buffer, 0, chunk, null);
      if (length === 0) return;
      const lines = (this.#rest + this.#decoder.write(this.#buffer.subarray(0, length))).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") this.#onEvent(JSON.parse(line) as EngineEvent);
    }
  }
}

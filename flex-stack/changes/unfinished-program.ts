import type { Diagnostic } from "./diagnostic.ts";

/**
 * Recognizes what Pulumi's SDK tells of a program that ended before all of it was registered. After an error it only repeats that
 * error, resource by resource; without one it is the reason, and has to be told. Pulumi tells it line by line.
 */
export class UnfinishedProgram {
  #isTelling = false;

  /** Whether this belongs to it. */
  includes({ severity, message }: Diagnostic): boolean {
    if (severity !== "info") return false;
    this.#isTelling ||= message.startsWith("The Pulumi runtime detected that ");
    const isPart = this.#isTelling;
    if (message.endsWith("debug information about the leaked promises.")) this.#isTelling = false;
    return isPart;
  }
}

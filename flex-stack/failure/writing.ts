import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ExitCode } from "./exit-code.ts";
import { Failure } from "./failure.ts";

/**
 * Writes a file that an option names; folders on the way are made.
 *
 * @param thing what it is to people: `report`
 * @param option `--output`
 * @throws Failure that names the file and the option
 */
export function writing({ thing, option, file }: Destination, write: () => void): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    write();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure({
      what: `The ${thing} can't be written to ${file}.`,
      why: error instanceof Error ? error.message : String(error),
      fix: `Give ${option} a file in a folder that can be written to.`,
      exitCode: ExitCode.usage,
      cause: error,
    });
  }
}

export interface Destination {
  readonly thing: string;
  readonly option: string;
  readonly file: string;
}

import type { Format } from "../report/format.ts";
import type { StackOptions } from "./stack-options.ts";

/** What a preview is compared with, and how it is told. */
export interface PreviewOptions extends StackOptions {
  expectNoChanges: boolean;
  /** Hold the change against the project's policy pack. */
  policy: boolean;
  /** Where to keep what was found, for `up --plan`. */
  savePlan?: string;
  format: Format;
  /** Where the report goes; stdout, where absent. */
  output?: string;
}

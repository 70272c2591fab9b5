import type { StackOptions } from "../../flex-stack/engine/index.ts";
import type { Format } from "../../flex-stack/report/format.ts";

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

/** How an update is asked for. */
export interface UpOptions extends StackOptions {
  yes: boolean;
  skipPreview: boolean;
  /** Hold the change against the project's policy pack. */
  policy: boolean;
  /** A plan that `preview --save-plan` kept: nothing else is done. */
  plan?: string;
  /** All outputs of the stack, not only those that changed. */
  outputs: boolean;
}

/** How a deletion is asked for. */
export interface DestroyOptions extends StackOptions {
  yes: boolean;
}

import type { StackOptions } from "./stack-options.ts";

/** How an update is asked for. */
export interface UpOptions extends StackOptions {
  yes: boolean;
  skipPreview: boolean;
  /** Hold the change against the project's policy pack. */
  policy: boolean;
  /** A plan that `preview --save-plan` kept: nothing else is done. */
  plan?: string;
}

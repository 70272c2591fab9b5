import type { StackOptions } from "./stack-options.ts";

/** How a deletion is asked for. */
export interface DestroyOptions extends StackOptions {
  yes: boolean;
}

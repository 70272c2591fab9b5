import type { Operation, Progress } from "./operation.ts";
import type { ResourceChange } from "./resource-change.ts";

/** Shows how a run of the engine gets on. */
export interface ProgressReporter {
  show(progress: Progress, operation: Operation): void;
  /** Says something that is no event of the engine. */
  tell(text: string): void;
  /** Takes away what moves. */
  finish(): void;
}

/** What somebody who waits for a run of the engine is told. */
export interface ProgressOptions {
  /** The result is for a program. */
  json: boolean;
  /** What runs, such as `preview`. */
  title: string;
  /** Resources that it will come by; 0 where nobody knows. */
  expected: number;
  /** Lines that are told with a change once it is done, such as what it means. @default none */
  beside?: ((change: ResourceChange) => readonly string[]) | undefined;
}

/** Shows nothing to anybody. */
export const unheard: ProgressReporter = {
  show: () => undefined,
  tell: () => undefined,
  finish: () => undefined,
};

import type { ProgressOptions, ProgressReporter } from "../changes/progress-reporter.ts";
import type { LocalTwilio } from "../local-twilio/local-twilio.ts";
import type { Dialogue } from "../ports/dialogue.ts";
import type { Here } from "./here.ts";
import type { StackSession } from "./stack-session.ts";

/** What is done on a stack works with this. */
export interface StackRun {
  session: StackSession;
  /** Present when the stack is provisioned on this machine. */
  twilio: LocalTwilio | undefined;
  /** Starts a local Twilio where the one that was used went with the command that had started it. */
  keepTwilio(): Promise<void>;
  /** What is known of where the resources are; absent until that was looked at. */
  here: Here | undefined;
  /** Who is told, and asked. */
  dialogue: Dialogue;
  /** Code to end with once a signal came that stops the run. */
  interrupts: { readonly exitCode: number | undefined };
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  /** Who shows a run of the engine that is about to start. */
  progress(options: ProgressOptions): Promise<ProgressReporter>;
  /** Shows the run of the engine, while there is one. */
  reporter: ProgressReporter | undefined;
  /** Messages shown already, so that an update does not repeat its preview. */
  told: Set<string>;
}

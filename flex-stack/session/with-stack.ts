import type { ProgressOptions, ProgressReporter } from "../changes/progress-reporter.ts";
import { Failure } from "../failure/failure.ts";
import { runningIdentity, useLocalTwilio } from "../local-twilio/local-twilio.ts";
import type { Dialogue } from "../ports/dialogue.ts";
import { backendText, isFileBackend } from "../project/backend.ts";
import { isProtected } from "../project/settings.ts";
import { mendState } from "./mend-state.ts";
import type { StackRun } from "./stack-run.ts";
import { openSession, type SessionOptions, type StackSession } from "./stack-session.ts";

/** How a run is stopped from outside. Each tells why, where a run of the engine is shown. */
export interface Stops {
  /** Once the current operations are done. */
  soon(told: string): void;
  /** Without waiting for them. */
  atOnce(told: string): void;
}

/** Whether a run was stopped, as its caller knows it. */
export interface Interrupts {
  /** Code to end with once it was stopped. */
  readonly exitCode: number | undefined;
  /** Nothing is left to stop. */
  release(): void;
}

/** Who has something done on a stack. */
export interface Caller {
  /** Who is told, and asked. */
  readonly dialogue: Dialogue;
  /** Who shows a run of the engine that is about to start. */
  progress(options: ProgressOptions): Promise<ProgressReporter>;
  /** Begins to listen for what stops the run. */
  onInterrupt(stops: Stops): Interrupts;
}

/**
 * Opens a stack, with its local Twilio where it has one, does something with it and puts everything away again, also
 * after it was stopped.
 *
 * @returns The exit code: the body's, or that of what stopped it.
 */
export async function withStack(
  options: SessionOptions,
  { dialogue, progress, onInterrupt }: Caller,
  body: (run: StackRun) => Promise<number>,
): Promise<number> {
  const session = await openSession(options);
  warnOfFragileState(session, dialogue);
  mendState(session, dialogue);
  const stopping = new AbortController();
  const interrupts = onInterrupt({
    soon: (told) => {
      run.reporter?.tell(told);
      stopping.abort();
      session.pulumi.interrupt();
    },
    atOnce: (told) => {
      run.reporter?.tell(told);
      session.pulumi.interrupt();
      setTimeout(() => session.pulumi.kill(), terminationGrace).unref();
    },
  });
  const run: StackRun = {
    session,
    twilio: undefined,
    keepTwilio: async () => {
      const { endpoint, projectFolder } = session;
      if (!endpoint?.loopback || run.twilio?.started) return;
      if (run.twilio && (await runningIdentity(endpoint)) !== undefined) return;
      run.twilio = await useLocalTwilio(endpoint, projectFolder, dialogue);
    },
    here: undefined,
    dialogue,
    interrupts,
    signal: stopping.signal,
    progress,
    reporter: undefined,
    told: new Set(),
  };
  try {
    await run.keepTwilio();
    const code = await body(run);
    return interrupts.exitCode ?? code;
  } catch (error) {
    if (interrupts.exitCode === undefined) throw error;
    throw new Failure({
      what: "Stopped before there was a result.",
      exitCode: interrupts.exitCode,
      cause: error,
    });
  } finally {
    await run.twilio?.close();
    interrupts.release();
  }
}

/** Milliseconds Pulumi gets, told to stop at once, to write its state. */
const terminationGrace = 2000;

function warnOfFragileState({ name, backend, settings, local }: StackSession, dialogue: Dialogue): void {
  if (local || !isProtected(settings) || !isFileBackend(backend)) return;
  dialogue.complain(
    `${dialogue.style(["yellow", "bold"], "warning:")} Stack "${name}" is protected, but its state is only on this machine (${backendText(backend)}).\n` +
      "  fix: keep it where your team and its backups reach it: npx pulumi login, then set PULUMI_BACKEND_URL.",
  );
}

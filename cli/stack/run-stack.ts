import { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { onInterrupt, type Interrupts } from "../interrupt.ts";
import { useLocalTwilio, type LocalTwilio } from "../local-twilio/local-twilio.ts";
import { backendText, isFileBackend } from "../project/backend.ts";
import type { ProgressReporter } from "../output/progress.ts";
import { isProtected } from "../project/settings.ts";
import { requireSoundState } from "../state/damage.ts";
import { fileState } from "../state/file-state.ts";
import { mendSidecars } from "../state/sidecars.ts";
import type { Terminal } from "../terminal.ts";
import type { Here } from "./here.ts";
import { openSession, type SessionOptions, type StackSession } from "./stack-session.ts";

/** What a command on a stack works with. */
export interface StackRun {
  session: StackSession;
  /** Present when the stack is provisioned on this machine. */
  twilio: LocalTwilio | undefined;
  /** What is known of where the resources are; absent until that was looked at. */
  here: Here | undefined;
  terminal: Terminal;
  interrupts: Interrupts;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  /** Shows the run of the engine, while there is one. */
  reporter: ProgressReporter | undefined;
  /** Messages shown already, so that an update does not repeat its preview. */
  told: Set<string>;
}

/**
 * Opens a stack, with its local Twilio where it has one, runs the command's
 * body and puts everything away again, also after Ctrl-C.
 *
 * @returns The exit code: the body's, or that of the signal that stopped it.
 */
export async function runStack(
  options: SessionOptions,
  terminal: Terminal,
  body: (run: StackRun) => Promise<number>,
): Promise<number> {
  const session = await openSession(options);
  warnOfFragileState(session, terminal);
  mendState(session, terminal);
  const stopping = new AbortController();
  const interrupts = onInterrupt({
    onFirst: (signal) => {
      const name = signal === "SIGINT" ? "Ctrl-C" : signal;
      run.reporter?.tell(`${name}: stopping when the current operations are done. Again to stop at once.`);
      stopping.abort();
      session.pulumi.interrupt();
    },
    onSecond: () => {
      run.reporter?.tell("Stopping at once.");
      session.pulumi.interrupt();
      setTimeout(() => session.pulumi.kill(), terminationGrace).unref();
    },
  });
  const run: StackRun = {
    session,
    twilio: undefined,
    here: undefined,
    terminal,
    interrupts,
    signal: stopping.signal,
    reporter: undefined,
    told: new Set(),
  };
  try {
    if (session.endpoint?.loopback) {
      run.twilio = await useLocalTwilio(session.endpoint, session.projectFolder, terminal);
    }
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

/**
 * Refuses early what would have to ask, where nobody can answer.
 *
 * @param command What would be done, such as "The update".
 * @param look How to see what that would do.
 */
export function requireAnswerable(run: StackRun, yes: boolean, command: string, look: string): void {
  if (yes || run.session.local || run.terminal.interactive) return;
  throw new Failure({
    what: `${command} of stack "${run.session.name}" has to be confirmed.`,
    why: "It works on a real Twilio account, and there is no terminal to ask on.",
    fix: `Look at ${look} --stack ${run.session.name}, then add --yes.`,
    exitCode: ExitCode.usage,
  });
}

/** True when the answer is yes; for stacks that matter that is the stack's name, typed. */
export async function confirm(run: StackRun, question: string, word = "yes"): Promise<boolean> {
  try {
    const answer = await run.terminal.ask(`${question} Type ${word} to go on: `, run.signal);
    return answer.toLowerCase() === word.toLowerCase();
  } catch {
    return false;
  }
}

/** Takes away what would keep Pulumi from reading the state, and is not needed. */
function mendState({ place, name }: StackSession, terminal: Terminal): void {
  const state = fileState(place);
  if (!state) return;
  for (const file of mendSidecars(state))
    terminal.print(`${file} was cut short, and is taken away: the state does not need it.`);
  requireSoundState(state, name);
}

function warnOfFragileState({ name, backend, settings, local }: StackSession, terminal: Terminal): void {
  if (local || !isProtected(settings) || !isFileBackend(backend)) return;
  terminal.complain(
    `${terminal.style(["yellow", "bold"], "warning:")} Stack "${name}" is protected, but its state is only on this machine (${backendText(backend)}).\n` +
      "  fix: keep it where your team and its backups reach it: npx pulumi login, then set PULUMI_BACKEND_URL.",
  );
}

import { Failure } from "../../flex-stack/failure/failure.ts";
import { onInterrupt } from "../terminal/interrupt.ts";
import { useLocalTwilio } from "../../flex-stack/local-twilio/local-twilio.ts";
import { backendText, isFileBackend } from "../../flex-stack/project/backend.ts";
import { chooseProgress } from "../progress/choose-progress.ts";
import { isProtected } from "../../flex-stack/project/settings.ts";
import { requireSoundState } from "../../flex-stack/state/damage.ts";
import { fileState } from "../../flex-stack/state/file-state.ts";
import { restoreState } from "../../flex-stack/state/restore.ts";
import { mendSidecars } from "../../flex-stack/state/sidecars.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import {
  openSession,
  type SessionOptions,
  type StackSession,
} from "../../flex-stack/session/stack-session.ts";

/**
 * Opens a stack, with its local Twilio where it has one, runs the command's
 * body and puts everything away again, also after Ctrl-C.
 *
 * @returns The exit code: the body's, or that of the signal that stopped it.
 */
export async function runStack(
  options: SessionOptions,
  terminal: Dialogue,
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
    dialogue: terminal,
    interrupts,
    signal: stopping.signal,
    progress: (asked) => chooseProgress(terminal, asked),
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

/** Takes away what would keep Pulumi from reading the state, and is not needed. */
function mendState({ place, name, journal }: StackSession, terminal: Dialogue): void {
  const state = fileState(place);
  if (!state) return;
  for (const file of mendSidecars(state))
    terminal.print(`${file} was cut short, and is taken away: the state does not need it.`);
  const restored = restoreState(state, name, journal);
  if (restored)
    terminal.print(
      `Stack ${name}: its state was cut short while it was written; the copy of ${restored.toISOString()} takes its place, ` +
        "and what was made since is looked up.",
    );
  requireSoundState(state, name);
}

function warnOfFragileState({ name, backend, settings, local }: StackSession, terminal: Dialogue): void {
  if (local || !isProtected(settings) || !isFileBackend(backend)) return;
  terminal.complain(
    `${terminal.style(["yellow", "bold"], "warning:")} Stack "${name}" is protected, but its state is only on this machine (${backendText(backend)}).\n` +
      "  fix: keep it where your team and its backups reach it: npx pulumi login, then set PULUMI_BACKEND_URL.",
  );
}

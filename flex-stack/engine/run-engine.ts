import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { Operation, type Progress } from "../changes/operation.ts";
import type { RecordedOwners } from "../changes/owners.ts";
import { commonExit } from "../account/credential-exit.ts";
import { ExitCode } from "../failure/exit-code.ts";
import type { DeletionGuard } from "../guard/deletion-guard.ts";
import type { ProgressReporter } from "../changes/progress-reporter.ts";
import { pulumiFailure } from "../pulumi/pulumi-failure.ts";
import { PulumiExit } from "../pulumi/pulumi-process.ts";
import { saysUnwritten } from "./recorded.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { OnEvent } from "../pulumi/stack-engine.ts";
import { unwrittenFailure, unwrittenWords, watchState } from "./unwritten.ts";

export interface EngineRun {
  /** A preview: steps are planned, never done. */
  planOnly: boolean;
  /** Nothing but a comparison with Twilio. @default false */
  comparing?: boolean;
  reporter: ProgressReporter;
  /** What the state holds before the run. */
  recorded?: RecordedOwners;
  /** Looks at the steps of a preview. */
  guard?: DeletionGuard;
  start(onEvent: OnEvent): Promise<unknown>;
  /** Runs the same preview without some resources; only what its policies find is heard. */
  judge?(exclude: string[], onEvent: OnEvent): Promise<unknown>;
}

export interface EngineOutcome {
  operation: Operation;
  exitCode: number;
  durationMs: number;
  /** Requests the local Twilio served meanwhile. */
  apiRequests: number | undefined;
}

/**
 * Runs the engine once and folds its events. Failures that the engine told by
 * events are in the outcome; whatever kept it from starting is thrown.
 */
export async function runEngine(run: StackRun, engine: EngineRun): Promise<EngineOutcome> {
  const { planOnly, comparing = false, recorded } = engine;
  const operation = new Operation({ planOnly, comparing, recorded });
  const writes = planOnly ? undefined : watchState(run.session);
  const requestsBefore = await run.twilio?.requests();
  const started = performance.now();
  run.reporter = engine.reporter;
  const tell = (event: EngineEvent): void => {
    const progress = operation.apply(event);
    if (progress && isNews(progress, run.told) && !isOfState(progress, planOnly))
      engine.reporter.show(progress, operation);
  };
  let exitCode: number = ExitCode.ok;
  try {
    const exit = await exitOf(
      engine.start((event) => {
        writes?.heard();
        const shown = engine.guard ? engine.guard.observe(event) : event;
        if (shown) tell(shown);
      }),
    );
    if (engine.guard) await concludeGuard(engine, engine.guard, exit === undefined, tell);
    const words = planOnly ? undefined : unwrittenWords(operation);
    if (exit && (writes?.found ?? words) && run.interrupts.exitCode === undefined)
      throw await unwrittenFailure(run.session, operation, writes?.found, words);
    exitCode = exitCodeOf(run, engine, operation, exit);
  } finally {
    writes?.stop();
    run.reporter = undefined;
    engine.reporter.finish();
  }
  const durationMs = performance.now() - started;
  const requestsAfter = await run.twilio?.requests();
  return {
    operation,
    exitCode,
    durationMs,
    apiRequests:
      requestsBefore === undefined || requestsAfter === undefined
        ? undefined
        : requestsAfter - requestsBefore,
  };
}

/** Tells what the guard has to say, and what policies would have said had Pulumi not refused what may go. */
async function concludeGuard(
  { judge }: EngineRun,
  guard: DeletionGuard,
  complete: boolean,
  tell: (event: EngineEvent) => void,
): Promise<void> {
  for (const event of guard.conclude(complete)) tell(event);
  if (!judge || !guard.refusedOnlyAllowed || guard.refusedDeletions.length === 0) return;
  const errors: EngineEvent[] = [];
  const exit = await exitOf(
    judge(guard.refusedDeletions, (event) => {
      if (event.diagnosticEvent?.severity === "error") errors.push(event);
      const known = event.resourcePreEvent ?? event.resOutputsEvent ?? event.diagnosticEvent;
      if (!known) tell(event);
    }),
  );
  // Without all of the rules nothing is let go.
  if (exit) for (const event of errors) tell(event);
}

/** How Pulumi ended; undefined when it succeeded. */
async function exitOf(running: Promise<unknown>): Promise<PulumiExit | undefined> {
  try {
    await running;
    return undefined;
  } catch (error) {
    if (error instanceof PulumiExit) return error;
    throw error;
  }
}

/** The exit code of the command; throws Pulumi's failure where no event told of it. */
function exitCodeOf(
  run: StackRun,
  { guard }: EngineRun,
  operation: Operation,
  exit: PulumiExit | undefined,
): number {
  if (operation.policyViolated && (exit !== undefined || guard !== undefined)) return ExitCode.policy;
  if (exit === undefined) return ExitCode.ok;
  const judged = operation.rulesRan !== "part" || guard?.refusedDeletions.length === 0;
  if (
    guard?.refusedOnlyAllowed &&
    judged &&
    operation.errors.length === 0 &&
    run.interrupts.exitCode === undefined
  )
    return ExitCode.ok;
  if (exit.result.signal === "SIGKILL" && run.interrupts.exitCode === undefined)
    throw pulumiFailure(exit, run.session.name);
  const told = operation.saidWhy || exit.result.code === ExitCode.unexpectedChanges;
  if (!told && run.interrupts.exitCode === undefined) throw pulumiFailure(exit, run.session.name);
  return commonExit(operation.errors.map(({ message }) => message)) ?? exit.result.code;
}

/** That the state could not be written is told at the end, with what that means. */
function isOfState(progress: Progress, planOnly: boolean): boolean {
  return !planOnly && progress.kind === "diagnostic" && saysUnwritten(progress.diagnostic.message);
}

/** What was told in an earlier run of the engine is no news. */
function isNews(progress: Progress, told: Set<string>): boolean {
  const key = newsKey(progress);
  if (key === undefined) return true;
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

function newsKey(progress: Progress): string | undefined {
  if (progress.kind === "compared" && progress.drift) return progress.drift.urn;
  if (progress.kind !== "diagnostic" || progress.diagnostic.severity === "info") return undefined;
  return progress.diagnostic.message;
}

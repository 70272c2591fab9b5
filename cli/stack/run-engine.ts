import { Operation, type Progress } from "../changes/operation.ts";
import { ExitCode } from "../exit-code.ts";
import type { ProgressReporter } from "../output/progress.ts";
import { pulumiFailure } from "../pulumi/pulumi-failure.ts";
import { PulumiExit } from "../pulumi/pulumi-process.ts";
import type { StackRun } from "./run-stack.ts";
import type { OnEvent } from "./stack-session.ts";

export interface EngineRun {
  /** A preview: steps are planned, never done. */
  planOnly: boolean;
  /** Nothing but a comparison with Twilio. @default false */
  comparing?: boolean;
  reporter: ProgressReporter;
  start(onEvent: OnEvent): Promise<unknown>;
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
  const operation = new Operation({ planOnly: engine.planOnly, comparing: engine.comparing ?? false });
  const requestsBefore = await run.twilio?.requests();
  const started = performance.now();
  run.reporter = engine.reporter;
  let exitCode: number = ExitCode.ok;
  try {
    await engine.start((event) => {
      const progress = operation.apply(event);
      if (progress && isNews(progress, run.told)) engine.reporter.show(progress, operation);
    });
  } catch (error) {
    if (!(error instanceof PulumiExit)) throw error;
    const told = operation.saidWhy || error.result.code === ExitCode.unexpectedChanges;
    if (!told && run.interrupts.exitCode === undefined) throw pulumiFailure(error, run.session.name);
    exitCode = operation.policyViolated ? ExitCode.policy : error.result.code;
  } finally {
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

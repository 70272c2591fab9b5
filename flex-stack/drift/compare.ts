import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { Drift } from "../changes/drift.ts";
import type { ProgressReporter } from "../changes/progress-reporter.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { OnEvent } from "../pulumi/stack-engine.ts";
import { runEngine, type EngineOutcome } from "../engine/index.ts";
import type { OwnComparison } from "./own-comparison.ts";

/** What of a stack is not at Twilio as Pulumi left it. */
export interface Comparison {
  drifts: readonly Drift[];
  /** Resources that were compared. */
  compared: number;
  /** Requests to Twilio. */
  apiRequests: number;
}

/**
 * Reads every resource of the stack from Twilio and compares it with the state; neither is written. This process does
 * so by itself where it can (`own`), else the engine (`pulumi refresh --preview-only`). The program does not run, so that one that fails, for the want of what was
 * deleted for one, hides nothing.
 *
 * @throws Failure when a resource could not be read: an incomplete comparison is no comparison
 */
export async function compare(
  run: StackRun,
  deployed: readonly DeployedResource[],
  pulumiOptions: readonly string[],
  quiet: boolean,
  own: OwnComparison | undefined,
): Promise<Comparison> {
  const { session } = run;
  session.pulumi.extraOptions = [...pulumiOptions];
  const expected = remoteResources(deployed).length;
  let apiRequests = 0;
  const comparing = async (start: (onEvent: OnEvent) => Promise<unknown>): Promise<EngineOutcome> =>
    runEngine(run, {
      planOnly: true,
      comparing: true,
      reporter: calm(await run.progress({ json: quiet, title: "drift", expected })),
      start: (onEvent) =>
        start((event) => {
          if (isRequest(event)) apiRequests++;
          onEvent(event);
        }),
    });
  const refresh = (runProgram: boolean): Promise<EngineOutcome> =>
    comparing((onEvent) => session.engine.previewRefresh({ ...(runProgram && { runProgram }), onEvent }));
  if (own !== undefined) {
    const outcome = await comparing(own);
    if (outcome.exitCode !== ExitCode.ok) throw incomplete(run, outcome);
    return { drifts: outcome.operation.drifts, compared: outcome.operation.finished, apiRequests };
  }
  const outdated = run.here?.runProgram === true;
  let outcome = await refresh(outdated);
  // The provider's settings are in the state as of the last update; credentials may have been changed since.
  if (!outdated && outcome.exitCode !== ExitCode.ok && wasRefused(outcome)) outcome = await refresh(true);
  if (outcome.exitCode !== ExitCode.ok) throw incomplete(run, outcome);
  const { drifts, finished } = outcome.operation;
  return { drifts, compared: finished, apiRequests };
}

/** The provider tells each of its requests as debug talk: `GET https://… 200, 12 ms`. */
function isRequest({ diagnosticEvent }: EngineEvent): boolean {
  return /^(GET|POST|PUT|DELETE) https?:/.test(diagnosticEvent?.message ?? "");
}

function wasRefused({ operation }: EngineOutcome): boolean {
  return operation.errors.some(({ message }) => /Twilio does not accept|\bHTTP 401\b/.test(message));
}

function incomplete({ session, interrupts }: StackRun, { operation, exitCode }: EngineOutcome): Failure {
  const why = operation.errors.map(({ message }) => message).join("\n");
  return new Failure({
    what: `Stack "${session.name}" could not be compared with its account, so nothing is known of its drift.`,
    ...(why && { why }),
    exitCode: interrupts.exitCode ?? exitCode,
  });
}

/** Findings and errors are told once: in the report, or in the failure. */
function calm(reporter: ProgressReporter): ProgressReporter {
  return {
    ...reporter,
    show: (progress, operation) => {
      if (progress.kind === "diagnostic" && progress.diagnostic.severity === "error") return;
      reporter.show(progress.kind === "compared" ? { ...progress, drift: undefined } : progress, operation);
    },
  };
}

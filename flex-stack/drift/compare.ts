import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { commonExit } from "../account/credential-exit.ts";
import type { Drift } from "../changes/drift.ts";
import { Operation } from "../changes/operation.ts";
import type { ProgressReporter } from "../changes/progress-reporter.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { OnEvent } from "../pulumi/stack-engine.ts";
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
 * so by itself where it can (`own`), else the engine (`pulumi refresh --preview-only`). The program does not run, so
 * that one that fails, for the want of what was deleted for one, hides nothing.
 *
 * @param own Compares in this process; absent where the engine has to
 * @throws Failure when a resource could not be read: an incomplete comparison is no comparison
 */
export async function compare(
  run: StackRun,
  deployed: readonly DeployedResource[],
  pulumiOptions: readonly string[],
  quiet: boolean,
  own: OwnComparison | undefined,
): Promise<Comparison> {
  const expected = remoteResources(deployed).length;
  let apiRequests = 0;
  const counting =
    (hear: OnEvent): OnEvent =>
    (event) => {
      if (isRequest(event)) apiRequests++;
      hear(event);
    };
  const progress = async (): Promise<ProgressReporter> =>
    calm(await run.progress({ json: quiet, title: "drift", expected }));
  const { operation, exitCode } = await (own === undefined
    ? byEngine(run, pulumiOptions, counting, progress)
    : here(run, own, counting, await progress()));
  if (exitCode !== ExitCode.ok) throw incomplete(run, operation, exitCode);
  return { drifts: operation.drifts, compared: operation.finished, apiRequests };
}

interface Outcome {
  readonly operation: Operation;
  readonly exitCode: number;
}

type Counting = (hear: OnEvent) => OnEvent;

async function here(
  run: StackRun,
  own: OwnComparison,
  counting: Counting,
  reporter: ProgressReporter,
): Promise<Outcome> {
  const operation = new Operation({ planOnly: true, comparing: true });
  run.reporter = reporter;
  try {
    await own(
      counting((event) => {
        const progress = operation.apply(event);
        if (progress) reporter.show(progress, operation);
      }),
    );
  } finally {
    run.reporter = undefined;
    reporter.finish();
  }
  const told = operation.errors.map(({ message }) => message);
  return { operation, exitCode: told.length === 0 ? ExitCode.ok : (commonExit(told) ?? ExitCode.failed) };
}

async function byEngine(
  run: StackRun,
  pulumiOptions: readonly string[],
  counting: Counting,
  progress: () => Promise<ProgressReporter>,
): Promise<Outcome> {
  const { session } = run;
  session.pulumi.extraOptions = [...pulumiOptions];
  // All that previews and updates need comes with it.
  const { runEngine } = await import("../engine/index.ts");
  const refresh = async (runProgram: boolean): Promise<Outcome> =>
    runEngine(run, {
      planOnly: true,
      comparing: true,
      reporter: await progress(),
      start: (onEvent) =>
        session.engine.previewRefresh({ ...(runProgram && { runProgram }), onEvent: counting(onEvent) }),
    });
  const outdated = run.here?.runProgram === true;
  const outcome = await refresh(outdated);
  // The provider's settings are in the state as of the last update; credentials may have been changed since.
  return !outdated && outcome.exitCode !== ExitCode.ok && wasRefused(outcome) ? refresh(true) : outcome;
}

/** The provider tells each of its requests as debug talk: `GET https://… 200, 12 ms`. */
function isRequest({ diagnosticEvent }: EngineEvent): boolean {
  return /^(GET|POST|PUT|DELETE) https?:/.test(diagnosticEvent?.message ?? "");
}

function wasRefused({ operation }: Outcome): boolean {
  return operation.errors.some(({ message }) => /Twilio does not accept|\bHTTP 401\b/.test(message));
}

function incomplete({ session, interrupts }: StackRun, operation: Operation, exitCode: number): Failure {
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

import type { ProgressOptions } from "../changes/progress-reporter.ts";
import type { HeldPlan } from "../plan/held-plan.ts";
import type { DeployedResource } from "../state/deployment.ts";
import type { StackRun } from "../session/stack-run.ts";
import { viaProgram } from "../whereabouts/require-here.ts";
import { checkpointVariables, kindsOf } from "./checkpoints.ts";
import { endingOf } from "./ending.ts";
import { planOptions } from "./plan-options.ts";
import { policyOptions } from "./policy-pack.ts";
import { previewStack, recordedBefore, type PreviewSettings, type StackPreview } from "./preview-stack.ts";
import { recordUndeclared } from "./undeclared.ts";
import { runEngine, type EngineOutcome } from "./run-engine.ts";
import { beginJournal, concludeJournal } from "./settle.ts";
import { engineOptions, type StackOptions } from "./stack-options.ts";

/** An update of what a stack holds, before it is done. */
export interface Update {
  /** What the stack holds. */
  readonly deployed: readonly DeployedResource[];
  /** Options for Pulumi itself, verbatim; its preview gets those that it takes. */
  readonly pulumiOptions: readonly string[];
  /** Holds the update to its preview, where that was compared with a reviewed plan. */
  readonly held?: HeldPlan;
}

/** What an update would do, held against the policies and the guard on deletions. */
export function previewUpdate(
  run: StackRun,
  options: PreviewSettings,
  { deployed, pulumiOptions, held }: Update,
): Promise<StackPreview> {
  return previewStack(run, options, deployed, [...planOptions(pulumiOptions), ...(held?.save ?? [])]);
}

/**
 * Updates a stack. What the run makes is noted in the journal, until all of it is recorded.
 *
 * @param preview What was found before and agreed to; absent when nobody looked.
 * @param expected Resources that it will come by.
 * @param beside What is told with each change that is done.
 */
export async function updateStack(
  run: StackRun,
  options: StackOptions & { policy: boolean },
  { deployed, pulumiOptions, held }: Update,
  {
    preview,
    ...told
  }: { preview?: Pick<StackPreview, "toUnprotect" | "operation"> } & Pick<
    ProgressOptions,
    "expected" | "beside"
  >,
): Promise<EngineOutcome> {
  const { session } = run;
  const toUnprotect = preview?.toUnprotect ?? [];
  await session.unprotect(toUnprotect);
  // Where Pulumi refused to go on before, its own plan ends there too.
  const holding = toUnprotect.length === 0 && held ? held.use() : [];
  session.pulumi.extraOptions = [
    ...policyOptions(session.projectFolder, options.policy),
    ...pulumiOptions,
    ...holding,
  ];
  const began = beginJournal(run);
  const env = preview ? checkpointVariables(session, [...deployed, ...kindsOf(preview.operation)]) : {};
  const outcome = await runEngine(run, {
    planOnly: false,
    recorded: recordedBefore(options, deployed),
    reporter: await run.progress({ json: options.json, title: "update", ...told }),
    start: (onEvent) =>
      session.engine.up({ ...engineOptions(options), ...viaProgram(run, options.refresh), env, onEvent }),
  });
  const complete = endingOf(run, outcome) === "done" && options.target.length === 0;
  // Without a look first, and where there was no state yet, nothing was known of it before.
  if (complete) {
    const now = (await session.deployed()) ?? [];
    await recordUndeclared(run, now, outcome.operation, " The next update takes it away.");
  }
  concludeJournal(run, began, complete);
  return outcome;
}

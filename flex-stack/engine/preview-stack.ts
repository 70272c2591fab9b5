import type { RecordedOwners } from "../changes/owners.ts";
import { engineOptions, type StackOptions } from "./stack-options.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { allowedDeletions } from "../guard/allowed-deletions.ts";
import { DeletionGuard } from "../guard/deletion-guard.ts";
import { PlanRecorder, type ChangePlan } from "../plan/change-plan.ts";
import { isProtected } from "../project/settings.ts";
import { configFileName } from "../pulumi/stack-name.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import { policyOptions } from "./policy-pack.ts";
import { viaProgram } from "../whereabouts/require-here.ts";
import { requireTargets } from "./require-targets.ts";
import { runEngine, type EngineOutcome } from "./run-engine.ts";
import { endingOf } from "./ending.ts";
import { recordUndeclared } from "./undeclared.ts";
import type { StackRun } from "../session/stack-run.ts";

export interface PreviewSettings extends StackOptions {
  /** Hold the change against the project's policy pack. */
  policy: boolean;
  /** @default false */
  expectNoChanges?: boolean;
}

export interface StackPreview extends EngineOutcome {
  /** What the stack holds, with what an earlier run made and the preview found no longer declared. */
  deployed: readonly DeployedResource[];
  plan: ChangePlan;
  /** Protected resources that the configuration lets go; their protection is still in the state. */
  toUnprotect: string[];
  /** A plan that Pulumi saved of it (`--save-plan`) has all that the program asked for. */
  plansAll: boolean;
}

/**
 * Previews an update, held against the policies and the guard on deletions.
 *
 * @param pulumiOptions Options for Pulumi itself, verbatim.
 */
export async function previewStack(
  run: StackRun,
  options: PreviewSettings,
  deployed: readonly DeployedResource[],
  pulumiOptions: readonly string[],
): Promise<StackPreview> {
  const { session } = run;
  const { expectNoChanges = false } = options;
  const previewOptions = { ...engineOptions(options), ...viaProgram(run, options.refresh), expectNoChanges };
  const guard = deletionGuard(run, deployed, options);
  const recorder = new PlanRecorder();
  let plansAll = false;
  session.pulumi.extraOptions = [...policyOptions(session.projectFolder, options.policy), ...pulumiOptions];
  const outcome = await runEngine(run, {
    planOnly: true,
    guard,
    recorded: recordedBefore(options, deployed),
    reporter: await run.progress({
      json: options.json,
      title: "preview",
      expected: remoteResources(deployed).length,
    }),
    start: (onEvent) =>
      session.engine.preview({
        ...previewOptions,
        onEvent: (event) => {
          recorder.observe(event);
          onEvent(event);
        },
        onPlanned: (all) => (plansAll = all),
      }),
    // Without what Pulumi refuses it gets as far as the policies that need all resources.
    judge: (exclude, onEvent) => session.engine.preview({ ...previewOptions, exclude, onEvent }),
  });
  const whole = options.target.length === 0 && endingOf(run, outcome) === "done";
  if (whole && (await recordUndeclared(run, deployed, outcome.operation)))
    return previewStack(run, options, (await session.deployed()) ?? [], pulumiOptions);
  // A target may be a resource that the preview is the first to know.
  const known = [...deployed, ...outcome.operation.changes].map(({ urn }) => urn);
  if (outcome.exitCode === ExitCode.ok) requireTargets(options.target, known, session.name);
  const { toUnprotect } = guard;
  // Pulumi did not come to say so where it refused a deletion.
  const unexpected = expectNoChanges && outcome.exitCode === ExitCode.ok && toUnprotect.length > 0;
  return {
    ...outcome,
    deployed,
    exitCode: unexpected ? ExitCode.unexpectedChanges : outcome.exitCode,
    plan: recorder.plan(session.name, outcome.operation),
    toUnprotect,
    plansAll,
  };
}

/** What the state holds before a run; with `--target`, the engine does not mention what is none. */
export function recordedBefore(
  { target }: Pick<StackOptions, "target">,
  deployed: readonly DeployedResource[],
): RecordedOwners {
  return { deployed, partial: target.length > 0 };
}

/** The guard of one preview. */
export function deletionGuard(
  { session }: StackRun,
  deployed: readonly DeployedResource[],
  { target }: Pick<StackOptions, "target">,
): DeletionGuard {
  const { settings, name } = session;
  return new DeletionGuard({
    protect: isProtected(settings),
    allowed: allowedDeletions(settings),
    file: configFileName(name),
    deployed,
    targeted: target.length > 0,
  });
}

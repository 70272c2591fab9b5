import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { backendText } from "../project/backend.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import type { StackRun } from "../session/stack-run.ts";
import { viaProgram } from "../whereabouts/require-here.ts";
import { checkpointVariables } from "./checkpoints.ts";
import { endingOf } from "./ending.ts";
import { recordMade } from "./look-up.ts";
import { planOptions } from "./plan-options.ts";
import { deletionGuard, recordedBefore } from "./preview-stack.ts";
import { requireTargets } from "./require-targets.ts";
import { recordLost } from "./undeclared.ts";
import { runEngine, type EngineOutcome } from "./run-engine.ts";
import { beginJournal, concludeJournal, hasLostNotes, settle, unrecorded } from "./settle.ts";
import { engineOptions, type StackOptions } from "./stack-options.ts";

/** A deletion of what a stack holds, before it is done. */
export interface Deletion {
  /** Some of it may be kept from being deleted, which only a preview tells. */
  readonly guarded: boolean;
  /** What would go and what would stay. */
  preview(): Promise<EngineOutcome>;
  /**
   * Deletes, also what a preview found protected and let go. What the run begins is noted in the journal, until all of it
   * is recorded.
   */
  carryOut(): Promise<EngineOutcome>;
}

/**
 * What there is to delete, once what a run left that was cut short is recorded, too.
 *
 * @throws Failure when there is no such stack, or a target is none of it
 */
export async function deletable(run: StackRun, { target }: StackOptions): Promise<DeployedResource[]> {
  const deployed = await deployedOrFailure(run);
  requireTargets(
    target,
    deployed.map(({ urn }) => urn),
    run.session.name,
  );
  return deployed;
}

/** @param pulumiOptions Options for Pulumi itself, verbatim; its preview gets those that it takes. */
export async function deletionOf(
  run: StackRun,
  options: StackOptions,
  deployed: readonly DeployedResource[],
  pulumiOptions: readonly string[],
): Promise<Deletion> {
  const { session } = run;
  const { json } = options;
  const guard = deletionGuard(run, deployed, options);
  const expected = remoteResources(deployed).length;
  const recorded = recordedBefore(options, deployed);
  const engine = { ...engineOptions(options), ...viaProgram(run) };
  return {
    guarded: guard.concerned,
    preview: async () => {
      session.pulumi.extraOptions = planOptions(pulumiOptions);
      return runEngine(run, {
        planOnly: true,
        guard,
        recorded,
        reporter: await run.progress({ json, title: "preview", expected }),
        start: (onEvent) => session.engine.previewDestroy({ ...engine, onEvent }),
      });
    },
    carryOut: async () => {
      await session.unprotect(guard.toUnprotect);
      session.pulumi.extraOptions = [...pulumiOptions];
      const began = beginJournal(run);
      const outcome = await runEngine(run, {
        planOnly: false,
        recorded,
        reporter: await run.progress({ json, title: "deletion", expected }),
        start: (onEvent) =>
          session.engine.destroy({ ...engine, env: checkpointVariables(session, deployed), onEvent }),
      });
      concludeJournal(run, began, endingOf(run, outcome) === "done" && options.target.length === 0);
      return outcome;
    },
  };
}

async function deployedOrFailure(run: StackRun): Promise<DeployedResource[]> {
  const { session } = run;
  const deployed = await settle(run);
  const lost = deployed ? unrecorded(run, deployed) : [];
  const mayLackMore = hasLostNotes(run);
  if (deployed && lost.length === 0 && !mayLackMore) return deployed;
  if (deployed) {
    const declared = await recordMade(run, mayLackMore ? [] : lost);
    const now = (await session.deployed()) ?? [];
    const left = unrecorded(run, now).filter((urn) => !declared.has(urn));
    return (await recordLost(run, left)) ? ((await session.deployed()) ?? []) : now;
  }
  throw new Failure({
    what: `Stack "${session.name}" does not exist, so there is nothing to delete.`,
    why: `No state of it is in ${backendText(session.backend)}.`,
    fix: "Check --stack and PULUMI_BACKEND_URL.",
    exitCode: ExitCode.stackNotFound,
  });
}

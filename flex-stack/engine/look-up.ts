import { unheard } from "../changes/progress-reporter.ts";
import { runEngine, type EngineOutcome } from "./run-engine.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { EngineRunOptions } from "../pulumi/stack-engine.ts";
import { readOnly } from "./read-only.ts";

/**
 * Records in the state what a run made that was cut short, so that a deletion takes it away, too. The provider is kept
 * from writing: what was not made stays unmade, and failing to make it is no failure.
 *
 * @param urns Resources that it may have made; none: any of the program.
 * @returns those that the program declares: they were looked for
 */
export async function recordMade(run: StackRun, urns: readonly string[]): Promise<ReadonlySet<string>> {
  const { operation } = await unseen(run, (options) =>
    run.session.engine.up({ ...options, target: urns, continueOnError: true }),
  );
  return new Set(operation.changes.map(({ urn }) => urn));
}

/**
 * Reads resources whose update or deletion was cut short, so that the state has them as they are.
 *
 * @param urns The resources.
 */
export async function readAgain(run: StackRun, urns: readonly string[]): Promise<void> {
  await unseen(run, (options) => run.session.engine.refresh({ ...options, target: urns }));
}

/** Runs the engine for what it finds out: what our own run left half done is no news, and nothing is to be changed. */
async function unseen(
  run: StackRun,
  start: (options: EngineRunOptions) => Promise<unknown>,
): Promise<EngineOutcome> {
  run.session.pulumi.extraOptions = [];
  return runEngine(
    { ...run, told: new Set() },
    {
      planOnly: false,
      reporter: unheard,
      start: (onEvent) => start({ env: readOnly, onEvent }),
    },
  );
}

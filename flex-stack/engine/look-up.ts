import { unheard } from "../changes/progress-reporter.ts";
import { runEngine } from "./run-engine.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { OnEvent } from "../session/stack-session.ts";

/**
 * Records in the state what a run made that was cut short, so that a deletion takes it away, too. The provider is kept
 * from writing: what was not made stays unmade, and failing to make it is no failure.
 *
 * @param urns Resources that it may have made.
 */
export async function recordMade(run: StackRun, urns: readonly string[]): Promise<void> {
  const stack = await run.session.stack();
  await unseen(run, (onEvent) =>
    stack.up({ color: "never", target: [...urns], continueOnError: true, onEvent }),
  );
}

/**
 * Reads resources whose update or deletion was cut short, so that the state has them as they are.
 *
 * @param urns The resources.
 */
export async function readAgain(run: StackRun, urns: readonly string[]): Promise<void> {
  const stack = await run.session.stack();
  await unseen(run, (onEvent) => stack.refresh({ color: "never", target: [...urns], onEvent }));
}

/** Runs the engine for what it finds out: what our own run left half done is no news, and nothing is to be changed. */
async function unseen(run: StackRun, start: (onEvent: OnEvent) => Promise<unknown>): Promise<void> {
  const { session } = run;
  const stack = await session.stack();
  const { envVars } = stack.workspace;
  stack.workspace.envVars = { ...envVars, TWILIO_PROVIDER_READ_ONLY: "true" };
  session.pulumi.extraOptions = [];
  try {
    await runEngine({ ...run, told: new Set() }, { planOnly: false, reporter: unheard, start });
  } finally {
    stack.workspace.envVars = envVars;
  }
}

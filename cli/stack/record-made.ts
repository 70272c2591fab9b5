import { chooseProgress } from "../output/choose-progress.ts";
import { runEngine } from "./run-engine.ts";
import type { StackRun } from "./run-stack.ts";

/**
 * Records in the state what a run made that was cut short, so that a deletion takes it away, too. The provider is kept
 * from writing: what was not made stays unmade, and failing to make it is no failure.
 *
 * @param urns Resources that it may have made.
 */
export async function recordMade(run: StackRun, urns: readonly string[]): Promise<void> {
  const { session, terminal } = run;
  const stack = await session.stack();
  const { envVars } = stack.workspace;
  stack.workspace.envVars = { ...envVars, TWILIO_PROVIDER_READ_ONLY: "true" };
  session.pulumi.extraOptions = ["--continue-on-error"];
  try {
    const silent = { ...terminal, live: false, print: () => undefined, complain: () => undefined };
    const reporter = await chooseProgress(silent, { json: false, title: "look-up", expected: urns.length });
    await runEngine(run, {
      planOnly: false,
      reporter,
      start: (onEvent) => stack.up({ color: "never", target: [...urns], onEvent }),
    });
  } finally {
    stack.workspace.envVars = envVars;
    session.pulumi.extraOptions = [];
  }
}

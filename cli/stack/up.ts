import type { CommandContext } from "../commands/command-context.ts";
import { engineOptions } from "../commands/stack-options.ts";
import type { UpOptions } from "../commands/up.ts";
import { ExitCode } from "../exit-code.ts";
import { changesText } from "../output/change-text.ts";
import { chooseProgress } from "../output/choose-progress.ts";
import { outputsText } from "../output/outputs-text.ts";
import { countsText } from "../output/summary-text.ts";
import { remoteResources } from "./deployment.ts";
import { existingOrNew } from "./existing-stack.ts";
import { planOptions } from "./plan-options.ts";
import { policyOptions } from "./policy-pack.ts";
import { conversation, declined, endingOf, printJson, printResult } from "./result.ts";
import { runEngine, type EngineOutcome } from "./run-engine.ts";
import { confirm, requireAnswerable, runStack, type StackRun } from "./run-stack.ts";

/**
 * Brings a stack up. A real account is previewed and asked about first; the
 * local Twilio is not, but a new local stack is previewed where somebody
 * watches, so that the bar knows its length.
 */
export async function runUp(options: UpOptions, context: CommandContext): Promise<number> {
  const session = { stack: options.stack, cwd: options.cwd };
  return runStack(session, conversation(context, options), async (run) => {
    requireAnswerable(run, options.yes, "The update", "npm run preview --");
    const before = remoteResources(await existingOrNew(run)).length;
    let expected = before;
    const { local } = run.session;
    if (local ? run.terminal.live && before === 0 : !options.skipPreview) {
      const plan = await look(run, options, context, before);
      if (plan.exitCode !== ExitCode.ok || run.signal.aborted)
        return finish(run, options, context, plan, "planned");
      expected = plan.operation.seen;
      if (!local && !options.yes && plan.operation.changed.length > 0) {
        const goOn = await confirm(run, `Update stack ${run.session.name}?`);
        if (!goOn) return declined(run, context, options);
      }
    }
    return finish(run, options, context, await update(run, options, context, expected), "done");
  });
}

/** A preview; what it says of a real account is shown. */
async function look(
  run: StackRun,
  options: UpOptions,
  context: CommandContext,
  expected: number,
): Promise<EngineOutcome> {
  const { session, terminal } = run;
  const stack = await session.stack();
  session.pulumi.extraOptions = [
    ...policyOptions(session.projectFolder, options.policy),
    ...planOptions(context.pulumiOptions),
  ];
  const outcome = await runEngine(run, {
    planOnly: true,
    reporter: await chooseProgress(terminal, { json: options.json, title: "preview", expected }),
    start: (onEvent) => stack.preview({ ...engineOptions(options), onEvent }),
  });
  if (!session.local && !options.json && endingOf(run, outcome) === "done") {
    for (const line of changesText(
      outcome.operation.changed.filter(({ remote }) => remote),
      terminal,
    ))
      terminal.print(line);
    terminal.print(`Stack ${session.name}: ${countsText(outcome.operation, "planned")}.`);
  }
  return outcome;
}

async function update(
  run: StackRun,
  options: UpOptions,
  context: CommandContext,
  expected: number,
): Promise<EngineOutcome> {
  const { session, terminal } = run;
  const stack = await session.stack();
  session.pulumi.extraOptions = [
    ...policyOptions(session.projectFolder, options.policy),
    ...context.pulumiOptions,
  ];
  return runEngine(run, {
    planOnly: false,
    reporter: await chooseProgress(terminal, { json: options.json, title: "update", expected }),
    start: (onEvent) => stack.up({ ...engineOptions(options), onEvent }),
  });
}

function finish(
  run: StackRun,
  options: UpOptions,
  context: CommandContext,
  outcome: EngineOutcome,
  tense: "planned" | "done",
): number {
  const { session, terminal } = run;
  const { operation, exitCode } = outcome;
  if (options.json) {
    printJson(context, session.name, outcome);
    return exitCode;
  }
  printResult(run, outcome, tense);
  if (endingOf(run, outcome) !== "done") return exitCode;
  const outputs = outputsText(operation.outputs, terminal);
  if (outputs.length > 0) terminal.print(["", "Outputs:", ...outputs].join("\n"));
  if (session.local && operation.count("create") > 0) terminal.print(nextSteps);
  return exitCode;
}

const nextSteps = `
Next:
  npm run emulator   keep the local Twilio running, for npx pulumi, curl or your own programs
  npm run preview    change index.ts or Pulumi.dev.yaml and see what that would do
  npm run destroy    take it all away again`;

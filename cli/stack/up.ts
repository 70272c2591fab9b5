import type { CommandContext } from "../terminal/command-context.ts";
import type { ProgressOptions } from "../../flex-stack/changes/progress-reporter.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { changesText, meaningText, toldInText } from "../text/change-text.ts";
import { changedOutputsText, outputsText } from "../text/outputs-text.ts";
import { againstRecord, countsText } from "../../flex-stack/report/summary-text.ts";
import { heldPlan } from "../../flex-stack/plan/held-plan.ts";
import { readPlan } from "../../flex-stack/plan/plan-file.ts";
import { requireReviewed } from "../../flex-stack/plan/require-reviewed.ts";
import { outputsOf, remoteResources, type DeployedResource } from "../../flex-stack/state/deployment.ts";
import { conversation } from "./conversation.ts";
import { declined, printJson, printResult } from "./result.ts";
import { requireHere, whenProvisioning } from "../../flex-stack/whereabouts/require-here.ts";
import { confirm, requireAnswerable } from "../../flex-stack/session/confirm.ts";
import { runStack } from "./run-stack.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import {
  endingOf,
  existingOrNew,
  mustLook,
  previewUpdate,
  rehearsedSurroundings,
  spareUpdate,
  tellShared,
  unaskedText,
  updateQuestion,
  updateStack,
  type EngineOutcome,
  type StackPreview,
  type Update,
} from "../../flex-stack/engine/index.ts";
import type { UpOptions } from "./options.ts";

/**
 * Brings a stack up: previews, so that policies and the guard speak before anything is done, asks where it is a real
 * account, and updates.
 */
export async function runUp(options: UpOptions, context: CommandContext): Promise<number> {
  const session = { stack: options.stack, cwd: options.cwd };
  return runStack(session, conversation(context, options), async (run) => {
    requireAnswerable(run, options.yes, "The update", "npm run preview --");
    const reviewed = options.plan === undefined ? undefined : readPlan(options.plan, run.session.name);
    const deployed = await existingOrNew(run);
    await requireHere(run, deployed, whenProvisioning(options));
    const known = remoteResources(deployed).length;
    const skipPreview = options.skipPreview && (options.yes || !(await mustLook(run)));
    if (skipPreview && !run.session.local && !options.yes) {
      // Nobody knows what it buys or deletes.
      const goOn = await confirm(
        run,
        `Update stack ${run.session.name} without a look first?`,
        run.session.name,
      );
      if (!goOn) return declined(run, context, options);
    }
    const { pulumiOptions } = context;
    if (skipPreview) {
      const outcome = await updateStack(run, options, { deployed, pulumiOptions }, { expected: known });
      return finish(run, options, context, outcome, "done", deployed);
    }

    const held = heldPlan();
    try {
      const { plan, beside } = await look(run, options, { deployed, pulumiOptions, held });
      if (plan.exitCode !== ExitCode.ok || run.signal.aborted)
        return finish(run, options, context, plan, "planned", deployed);
      if (reviewed) requireReviewed(reviewed, plan.plan);
      const looksAtAll = !options.refresh && options.target.length === 0 && pulumiOptions.length === 0;
      if (looksAtAll && (await spareUpdate(run, plan, held.read())))
        return finish(run, options, context, plan, "done", deployed);
      const shares = tellShared(run, plan.operation, options.yes);
      if (shares || (!run.session.local && !options.yes && plan.operation.changed.length > 0)) {
        const { text, word } = updateQuestion(plan.operation.changed, run.session.name);
        const goOn = await confirm(run, text, word);
        if (!goOn) return declined(run, context, options);
      }
      const agreed = { preview: plan, expected: plan.operation.seen, beside };
      const asked = { deployed: plan.deployed, pulumiOptions, ...(reviewed && { held }) };
      const outcome = await updateStack(run, options, asked, agreed);
      return finish(run, options, context, outcome, "done", deployed);
    } finally {
      held.remove();
    }
  });
}

/**
 * A preview. What it says of a real account is shown before anybody is asked; of a local stack it is told with each
 * change, when that is done.
 */
async function look(
  run: StackRun,
  options: UpOptions,
  asked: Update,
): Promise<{ plan: StackPreview } & Pick<ProgressOptions, "beside">> {
  const { session, dialogue } = run;
  const plan = await previewUpdate(run, options, asked);
  if (options.json || endingOf(run, plan) !== "done") return { plan };
  const { operation } = plan;
  const surroundings = await rehearsedSurroundings(run, operation, toldInText, asked.pulumiOptions);
  const changed = operation.changed.filter(({ remote }) => remote);
  if (session.local) {
    const lines = new Map(changed.map((change) => [change.urn, meaningText(change, dialogue, surroundings)]));
    return { plan, beside: ({ urn }) => lines.get(urn) ?? [] };
  }
  for (const line of changesText(changed, dialogue, surroundings)) dialogue.print(line);
  dialogue.print(`Stack ${session.name}: ${countsText(operation, "planned")}.`);
  return { plan };
}

async function finish(
  run: StackRun,
  options: UpOptions,
  context: CommandContext,
  outcome: EngineOutcome,
  tense: "planned" | "done",
  /** What the stack had before. */
  before: readonly DeployedResource[],
): Promise<number> {
  const { session, dialogue } = run;
  const { operation, exitCode } = outcome;
  if (options.json) {
    printJson(context, session.name, outcome);
    return exitCode;
  }
  await printResult(run, outcome, tense);
  const unasked = tense === "planned" ? unaskedText(operation, options) : undefined;
  if (unasked !== undefined) dialogue.print(unasked);
  if (endingOf(run, outcome) !== "done") return exitCode;
  if (!options.refresh && operation.changed.every(({ remote }) => !remote)) dialogue.print(againstRecord);
  const outputs = options.outputs
    ? outputsText(operation.outputs, dialogue)
    : changedOutputsText(outputsOf(before), operation.outputs, dialogue);
  if (outputs.length > 0) dialogue.print(["", "Outputs:", ...outputs].join("\n"));
  const isFirst = remoteResources(before).length === 0;
  if (session.local && isFirst && operation.count("create") > 0) dialogue.print(nextSteps);
  return exitCode;
}

const nextSteps = `
Next:
  npm run emulator   keep the local Twilio running, for npx pulumi, curl or your own programs
  npm run preview    change index.ts or Pulumi.dev.yaml and see what that would do
  npm run destroy    take it all away again`;

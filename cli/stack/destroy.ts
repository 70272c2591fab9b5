import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import type { DeletionGuard } from "../../flex-stack/guard/deletion-guard.ts";
import { changesText } from "../text/change-text.ts";
import { countsText } from "../../flex-stack/report/summary-text.ts";
import { backendText } from "../../flex-stack/project/backend.ts";
import { remoteResources, type DeployedResource } from "../../flex-stack/state/deployment.ts";
import { forget } from "./forget.ts";
import { requireHere, viaProgram } from "../../flex-stack/whereabouts/require-here.ts";
import { conversation, declined, endingOf, printJson, printResult } from "./result.ts";
import { confirm, requireAnswerable } from "../../flex-stack/session/confirm.ts";
import { runStack } from "./run-stack.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import {
  beginJournal,
  deletionGuard,
  deletionQuestion,
  engineOptions,
  forgetJournal,
  planOptions,
  recordMade,
  recordedBefore,
  requireTargets,
  runEngine,
  settle,
  unrecorded,
  type DestroyOptions,
  type EngineOutcome,
} from "../../flex-stack/engine/index.ts";

/**
 * Deletes; where somebody can answer, shows what goes and what stays and asks first. What is protected goes only when
 * the configuration names it.
 */
export async function runDestroy(options: DestroyOptions, context: CommandContext): Promise<number> {
  const session = { stack: options.stack, cwd: options.cwd };
  return runStack(session, conversation(context, options), async (run) => {
    requireAnswerable(run, options.yes, "The deletion", "npx pulumi destroy --preview-only");
    const deployed = await deployedOrFailure(run);
    requireTargets(
      options.target,
      deployed.map(({ urn }) => urn),
      run.session.name,
    );
    const expected = remoteResources(deployed).length;
    const { session, dialogue } = run;
    const whole = options.target.length === 0;
    const allowOtherLocalTwilio = options.refresh && whole;
    const here = await requireHere(run, deployed, { allowOtherLocalTwilio, byRecord: true });
    if (here.otherLocalTwilio) return forget(run, options, context, deployed);
    const stack = await session.stack();

    const asks = !options.yes && dialogue.interactive;
    const guard = deletionGuard(run, deployed, options);
    if (asks || guard.concerned) {
      const plan = await look(run, options, context, deployed, guard);
      if (endingOf(run, plan) !== "done") return finish(run, options, context, plan, "planned");
      if (asks && plan.operation.changed.length > 0) {
        const { text, word } = deletionQuestion(plan.operation.changed, session.name, session.local);
        const goOn = await confirm(run, text, word);
        if (!goOn) return declined(run, context, options);
      }
      await session.unprotect(guard.toUnprotect);
    }

    session.pulumi.extraOptions = context.pulumiOptions;
    beginJournal(run);
    const outcome = await runEngine(run, {
      planOnly: false,
      recorded: recordedBefore(options, deployed),
      reporter: await run.progress({
        json: options.json,
        title: "deletion",
        expected,
      }),
      start: (onEvent) => stack.destroy({ ...engineOptions(options), ...viaProgram(run), onEvent }),
    });
    return finish(run, options, context, outcome, "done");
  });
}

async function finish(
  run: StackRun,
  options: DestroyOptions,
  context: CommandContext,
  outcome: EngineOutcome,
  tense: "planned" | "done",
): Promise<number> {
  if (tense === "done" && endingOf(run, outcome) === "done" && options.target.length === 0)
    forgetJournal(run);
  if (options.json) printJson(context, run.session.name, outcome);
  else await printResult(run, outcome, tense);
  return outcome.exitCode;
}

/** What would go and what would stay. */
async function look(
  run: StackRun,
  options: DestroyOptions,
  context: CommandContext,
  deployed: readonly DeployedResource[],
  guard: DeletionGuard,
): Promise<EngineOutcome> {
  const { session, dialogue } = run;
  const stack = await session.stack();
  const expected = remoteResources(deployed).length;
  session.pulumi.extraOptions = planOptions(context.pulumiOptions);
  const plan = await runEngine(run, {
    planOnly: true,
    guard,
    recorded: recordedBefore(options, deployed),
    reporter: await run.progress({ json: options.json, title: "preview", expected }),
    start: (onEvent) => stack.previewDestroy({ ...engineOptions(options), ...viaProgram(run), onEvent }),
  });
  if (endingOf(run, plan) !== "done") return plan;
  const changed = plan.operation.changed.filter(({ remote }) => remote);
  for (const line of changesText(changed, dialogue)) dialogue.print(line);
  dialogue.print(`Stack ${session.name}: ${countsText(plan.operation, "planned")}.`);
  return plan;
}

async function deployedOrFailure(run: StackRun): Promise<DeployedResource[]> {
  const { session } = run;
  const deployed = await settle(run);
  const lost = deployed ? unrecorded(run, deployed) : [];
  if (deployed && lost.length === 0) return deployed;
  if (deployed) {
    await recordMade(run, lost);
    return (await session.deployed()) ?? [];
  }
  throw new Failure({
    what: `Stack "${session.name}" does not exist, so there is nothing to delete.`,
    why: `No state of it is in ${backendText(session.backend)}.`,
    fix: "Check --stack and PULUMI_BACKEND_URL.",
    exitCode: ExitCode.stackNotFound,
  });
}

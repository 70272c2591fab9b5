import type { CommandContext } from "../terminal/command-context.ts";
import { changesText } from "../text/change-text.ts";
import { countsText } from "../../flex-stack/report/summary-text.ts";
import { forget } from "./forget.ts";
import { requireHere } from "../../flex-stack/whereabouts/require-here.ts";
import { conversation } from "./conversation.ts";
import { declined, printJson, printResult } from "./result.ts";
import { confirm, requireAnswerable } from "../../flex-stack/session/confirm.ts";
import { runStack } from "./run-stack.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import {
  deletable,
  deletionOf,
  deletionQuestion,
  endingOf,
  type Deletion,
  type EngineOutcome,
} from "../../flex-stack/engine/index.ts";
import type { DestroyOptions } from "./options.ts";

/**
 * Deletes; where somebody can answer, shows what goes and what stays and asks first. What is protected goes only when
 * the configuration names it.
 */
export async function runDestroy(options: DestroyOptions, context: CommandContext): Promise<number> {
  const session = { stack: options.stack, cwd: options.cwd };
  return runStack(session, conversation(context, options), async (run) => {
    requireAnswerable(run, options.yes, "The deletion", "npx pulumi destroy --preview-only");
    const deployed = await deletable(run, options);
    const { session, dialogue } = run;
    const whole = options.target.length === 0;
    const allowOtherLocalTwilio = options.refresh && whole;
    const here = await requireHere(run, deployed, { allowOtherLocalTwilio, byRecord: true });
    if (here.otherLocalTwilio) return forget(run, options, context, deployed);
    const deletion = await deletionOf(run, options, deployed, context.pulumiOptions);

    const asks = !options.yes && dialogue.interactive;
    if (asks || deletion.guarded) {
      const plan = await look(run, deletion);
      if (endingOf(run, plan) !== "done") return finish(run, options, context, plan, "planned");
      if (asks && plan.operation.changed.length > 0) {
        const { text, word } = deletionQuestion(plan.operation.changed, session.name, session.local);
        const goOn = await confirm(run, text, word);
        if (!goOn) return declined(run, context, options);
      }
    }
    const outcome = await deletion.carryOut();
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
  if (options.json) printJson(context, run.session.name, outcome);
  else await printResult(run, outcome, tense);
  return outcome.exitCode;
}

/** What would go and what would stay, shown. */
async function look(run: StackRun, deletion: Deletion): Promise<EngineOutcome> {
  const { session, dialogue } = run;
  const plan = await deletion.preview();
  if (endingOf(run, plan) !== "done") return plan;
  const changed = plan.operation.changed.filter(({ remote }) => remote);
  for (const line of changesText(changed, dialogue)) dialogue.print(line);
  dialogue.print(`Stack ${session.name}: ${countsText(plan.operation, "planned")}.`);
  return plan;
}

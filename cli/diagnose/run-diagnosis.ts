import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { asFailure, Failure } from "../../flex-stack/failure/failure.ts";
import { renderDocument } from "../../flex-stack/report/render.ts";
import type { Origin } from "../../flex-stack/report/origin.ts";
import { originOf } from "../../flex-stack/session/origin.ts";
import type { Format } from "../../flex-stack/report/format.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { provisioned } from "../../flex-stack/whereabouts/provisioned.ts";
import { diagnosisText } from "./diagnosis-text.ts";
import { findPlace } from "../../flex-stack/whereabouts/place.ts";
import { stepProgress } from "../progress/step-progress.ts";
import {
  Repair,
  diagnose,
  diagnosisDocument,
  maskNumbers,
  openAccount,
  conversationSteps,
  type Diagnosis,
  type StepName,
  type Subject,
} from "../../flex-stack/diagnose/index.ts";
import type { DiagnoseOptions } from "./options.ts";
import { readSubject } from "./read-subject.ts";

/** Finds out why a message did not reach an agent, or what in the set-up would keep one from it. */
export async function runDiagnosis(options: DiagnoseOptions, context: CommandContext): Promise<number> {
  // What it refuses names no number of anybody's.
  const subject = options.health ? refuseSince(options) : readSubject(options);
  try {
    return await run(subject, options, context);
  } catch (error) {
    throw options.showContent ? error : withoutNumbers(error);
  }
}

async function run(
  subject: Subject | undefined,
  options: DiagnoseOptions,
  context: CommandContext,
): Promise<number> {
  const { stack, cwd } = options;
  const format: Format = options.json ? "json" : options.format;
  const terminal = conversation(context, { json: format !== "text" });
  return runStack({ stack, cwd }, terminal, async (run) => {
    if (subject === undefined) {
      const { runHealth } = await import("./run-health.ts");
      return runHealth(run, { ...options, format }, context.terminal);
    }
    const diagnosis = await withProgress(run, format, async (onStep) =>
      openAccount(run, async (account) => {
        const resources = await provisioned(run);
        const place = await findPlace(account, resources);
        const repair = new Repair(run.session.name, resources);
        return diagnose(subject, account, place, repair, { showContent: options.showContent, onStep });
      }),
    );
    context.terminal.print(rendered(diagnosis, format, await originOf({ stack, cwd }), context));
    return exitCodeOf(diagnosis);
  });
}

function refuseSince({ since }: DiagnoseOptions): undefined {
  if (since === undefined) return;
  const fix = "Leave it out, or look for a sender with --from +1….";
  throw new Failure({ what: "--since belongs to --from.", fix, exitCode: ExitCode.usage });
}

async function withProgress<T>(
  { dialogue }: StackRun,
  format: Format,
  work: (onStep: (step: StepName | "collect") => void) => Promise<T>,
): Promise<T> {
  const progress = stepProgress(dialogue, format === "text", conversationSteps.length + 1);
  try {
    return await work((step) => progress.next(step === "collect" ? "finding the journey" : step));
  } finally {
    progress.finish();
  }
}

function rendered(diagnosis: Diagnosis, format: Format, origin: Origin, context: CommandContext): string {
  const { terminal } = context;
  const { stack } = origin;
  if (format === "json") return JSON.stringify({ stack, ...diagnosis }, null, 2);
  if (format === "text") return diagnosisText(diagnosis, terminal).join("\n");
  return renderDocument(diagnosisDocument(diagnosis, stack), format, { terminal, origin });
}

/** Says which step broke. */
export function exitCodeOf({ result, step }: Pick<Diagnosis, "result" | "step">): number {
  if (result === "broken" && step !== undefined) return stepExitCodes[step];
  return result === "unknown" ? ExitCode.undetermined : ExitCode.ok;
}

const stepExitCodes: Readonly<Record<StepName, number>> = {
  receive: ExitCode.brokenReceive,
  proxy: ExitCode.brokenProxy,
  channel: ExitCode.brokenChannel,
  address: ExitCode.brokenProxy,
  conversation: ExitCode.brokenChannel,
  interaction: ExitCode.brokenInteraction,
  studio: ExitCode.brokenStudio,
  task: ExitCode.brokenTask,
  reservations: ExitCode.brokenReservations,
  replies: ExitCode.brokenReplies,
  completion: ExitCode.brokenCompletion,
};

function withoutNumbers(error: unknown): Failure {
  const { what, why, fix, exitCode, cause } = asFailure(error);
  return new Failure({
    what: maskNumbers(what),
    ...(why !== undefined && { why: maskNumbers(why) }),
    ...(fix !== undefined && { fix: maskNumbers(fix) }),
    exitCode,
    cause,
  });
}

import type { Twilio } from "twilio";
import type { CommandContext } from "../terminal/command-context.ts";
import { withWritableAccount, type TwilioAccount } from "../../flex-stack/account/account.ts";
import { hidden } from "../../flex-stack/diagnose/index.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { asFailure, Failure } from "../../flex-stack/failure/failure.ts";
import type { Origin } from "../../flex-stack/report/origin.ts";
import { originOf } from "../../flex-stack/session/origin.ts";
import { renderDocument } from "../../flex-stack/report/render.ts";
import type { Format } from "../../flex-stack/report/format.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { findPlace } from "../../flex-stack/whereabouts/place.ts";
import { provisioned } from "../../flex-stack/whereabouts/provisioned.ts";
import {
  findLines,
  nothingDone,
  numberOf,
  outcomeDocument,
  outcomeOf,
  reconcile,
  type Outcome,
} from "../../flex-stack/migrate/reconcile/index.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { ReconcileOptions } from "./reconcile-options.ts";
import { reconcileProgress } from "./reconcile-progress.ts";
import { putIn } from "./reconcile-replay.ts";
import { readWindow } from "./reconcile-window.ts";

/** Times a request is sent again: somebody waits, and a busy account has its limits. */
const maxRetries = 5;

/** Finds texts that are in no conversation, or in two, and puts the lost ones in where that was asked for. */
export async function runReconcile(options: ReconcileOptions, context: CommandContext): Promise<number> {
  const { stack, cwd, replay, yes } = options;
  const windowAt = readWindow(options);
  if (yes && !replay)
    throw new Failure({
      what: "--yes belongs to --replay.",
      fix: "Leave it out: without --replay nothing is written.",
      exitCode: ExitCode.usage,
    });
  const format: Format = options.json ? "json" : options.format;
  const terminal = conversation(context, { json: format !== "text" });
  if (replay && !yes && !terminal.interactive)
    throw new Failure({
      what: "The replay has to be confirmed.",
      why: "It puts texts into conversations that agents and customers see, and there is no terminal to ask on.",
      fix: "Look without --replay, then add --yes.",
      exitCode: ExitCode.usage,
    });
  try {
    return await runStack({ stack, cwd }, terminal, async (run) =>
      withWritableAccount(
        run,
        async (account, writer) => {
          const found = await look(run, { account, writer }, options, windowAt, format);
          context.terminal.print(rendered(found.outcome, format, await originOf({ stack, cwd }), context));
          return found.declined ? ExitCode.declined : exitCodes[found.outcome.result];
        },
        { maxRetries },
      ),
    );
  } catch (error) {
    throw options.showContent ? error : withoutNumbers(error);
  }
}

const exitCodes: Readonly<Record<Outcome["result"], number>> = {
  ok: ExitCode.ok,
  unreconciled: ExitCode.unreconciled,
  unknown: ExitCode.undetermined,
};

async function look(
  run: StackRun,
  { account, writer }: { account: TwilioAccount; writer: Twilio },
  options: ReconcileOptions,
  windowAt: ReturnType<typeof readWindow>,
  format: Format,
): Promise<{ outcome: Outcome; declined: boolean }> {
  const number = numberOf(options.number, run.session.settings);
  const window = windowAt(account.now());
  const progress = reconcileProgress(run.dialogue, format === "text");
  const place = await findPlace(account, await provisioned(run));
  try {
    const lines = await findLines(account, number);
    const found = await reconcile({ number, ...window }, account, place, lines, progress);
    progress.finish();
    const { done, declined } = options.replay
      ? await putIn({ found, lines, place, account, writer, run, progress }, options)
      : { done: nothingDone, declined: false };
    return { outcome: outcomeOf(found, done, account.calls, options.showContent), declined };
  } finally {
    progress.finish();
  }
}

function rendered(outcome: Outcome, format: Format, origin: Origin, { terminal }: CommandContext): string {
  const { stack } = origin;
  if (format === "json") return JSON.stringify({ stack, ...outcome }, null, 2);
  return renderDocument(outcomeDocument(outcome, stack), format, { terminal, origin });
}

function withoutNumbers(error: unknown): Failure {
  const { what, why, fix, exitCode, cause } = asFailure(error);
  const texts = hidden({ what, ...(why !== undefined && { why }), ...(fix !== undefined && { fix }) });
  return new Failure({ ...texts, exitCode, cause });
}

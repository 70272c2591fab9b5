import { stepProgress, type StepProgress } from "../progress/step-progress.ts";
import { Reads, openAccount } from "../../flex-stack/diagnose/index.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import type { Configured, CheckOptions } from "../../flex-stack/migrate/index.ts";
import { originOf } from "../../flex-stack/session/origin.ts";
import { renderDocument } from "../../flex-stack/report/render.ts";
import type { Document } from "../../flex-stack/report/document.ts";
import type { Format } from "../../flex-stack/report/format.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { findPlace } from "../../flex-stack/whereabouts/place.ts";
import { provisioned, type Provisioned } from "../../flex-stack/whereabouts/provisioned.ts";
import type { CommandContext } from "../terminal/command-context.ts";

/** What is at hand while an account is looked at. */
export interface Reading {
  readonly account: Parameters<Parameters<typeof openAccount>[1]>[0];
  readonly reads: Reads;
  readonly resources: readonly Provisioned[];
}

/** Opens the account of a stack to look at numbers, and shows how far that is. */
export async function reading<T>(
  run: StackRun,
  { format, total }: { readonly format: Format; readonly total: number },
  look: (reading: Reading, progress: StepProgress) => Promise<T>,
): Promise<T> {
  const progress = stepProgress(run.dialogue, format === "text", total, { name: "migrate" });
  try {
    return await openAccount(run, async (account) => {
      const resources = await provisioned(run);
      const reads = new Reads(account, await findPlace(account, resources));
      return look({ account, reads, resources }, progress);
    });
  } finally {
    progress.finish();
  }
}

/** Prints what was found, as it was asked for. */
export async function show(
  found: { readonly document: Document; readonly json: unknown },
  { format, stack, cwd }: { format: Format; stack: string; cwd: string },
  { terminal }: CommandContext,
): Promise<void> {
  if (format === "json") return terminal.print(JSON.stringify(found.json, null, 2));
  const origin = format === "html" ? await originOf({ stack, cwd }) : undefined;
  terminal.print(renderDocument(found.document, format, { terminal, origin }).trimEnd());
}

/** What the options say of the cut. @throws Failure when they don't go together */
export function cutOptions(
  { cut, messagingService }: { cut?: CheckOptions["cut"]; messagingService?: string },
  number: Configured["numbers"][number],
): Pick<CheckOptions, "cut" | "messagingServiceSid"> {
  if (messagingService === undefined) return { cut };
  const usage = (what: string, fix: string) => new Failure({ what, fix, exitCode: ExitCode.usage });
  if (!/^MG[0-9a-f]{32}$/.test(messagingService))
    throw usage(
      "--messaging-service must be a SID: MG and 32 hexadecimal digits.",
      "Copy it from Twilio's console.",
    );
  if ((cut ?? number.cut) !== "pool")
    throw usage("--messaging-service belongs to the cut pool.", "Add --cut pool, or leave it out.");
  return { cut, messagingServiceSid: messagingService };
}

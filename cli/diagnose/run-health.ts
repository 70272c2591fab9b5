import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import type { Format } from "../../flex-stack/report/format.ts";
import type { Origin } from "../../flex-stack/report/origin.ts";
import { renderDocument } from "../../flex-stack/report/render.ts";
import { originOf } from "../../flex-stack/session/origin.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { provisioned } from "../../flex-stack/whereabouts/provisioned.ts";
import { findPlace } from "../../flex-stack/whereabouts/place.ts";
import { stepProgress } from "../progress/step-progress.ts";
import { healthText } from "./health-text.ts";
import {
  Repair,
  checks,
  health,
  healthDocument,
  openAccount,
  type Health,
} from "../../flex-stack/diagnose/index.ts";

/** Checks the set-up of a stack and prints what it found. */
export async function runHealth(
  run: StackRun,
  { format, showContent, cwd }: { format: Format; showContent: boolean; cwd: string },
  terminal: Dialogue,
): Promise<number> {
  const progress = stepProgress(run.dialogue, format === "text", checks.length);
  let found: Health;
  try {
    found = await openAccount(run, async (account) => {
      const resources = await provisioned(run);
      const place = await findPlace(account, resources);
      return health(account, place, new Repair(run.session.name, resources), {
        showContent,
        onCheck: (name) => progress.next(name),
      });
    });
  } finally {
    progress.finish();
  }
  terminal.print(rendered(found, format, await originOf({ stack: run.session.name, cwd }), terminal));
  if (found.result === "broken") return ExitCode.unhealthy;
  return found.result === "unknown" ? ExitCode.undetermined : ExitCode.ok;
}

function rendered(found: Health, format: Format, origin: Origin, terminal: Dialogue): string {
  const { stack } = origin;
  if (format === "json") return JSON.stringify({ stack, ...found }, null, 2);
  if (format === "text") return healthText(found, terminal).join("\n");
  return renderDocument(healthDocument(found, stack), format, { terminal, origin });
}

import { keyOf } from "../../flex-stack/values/property-path.ts";
import { valueText } from "../../flex-stack/values/property-value.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { confirmed, requireAnswerable } from "./confirmed.ts";
import {
  planEdits,
  type DriftOptions,
  type Inspection,
  type PlannedEdit,
} from "../../flex-stack/drift/index.ts";

/**
 * Makes the configuration say what the account has, where it has a word for it: shows it, asks, and writes. For the
 * rest it says what to write into the program. Twilio and the state stay as they are.
 */
export async function takeIntoConfig(
  inspection: Inspection,
  { yes }: Pick<DriftOptions, "yes">,
  terminal: Dialogue,
): Promise<number> {
  const { stack } = inspection.report;
  const planned = await planEdits(inspection);
  for (const { name, edits } of planned.files) {
    terminal.print(`\nIn ${name}:`);
    for (const edit of edits) terminal.print(`  ${editText(edit, terminal)}`);
  }
  const name = planned.files.map((file) => file.name).join(" and ");
  if (planned.advice.length > 0) {
    terminal.print(`\nThe configuration has no word for:`);
    for (const advice of planned.advice) terminal.print(advice.replaceAll(/^/gm, "  "));
  }
  if (planned.files.length === 0) return ExitCode.unexpectedChanges;
  if (!yes) {
    requireAnswerable(`To write ${name}`, terminal);
    if (!(await confirmed(`Write ${name}?`, terminal))) {
      terminal.print("Nothing was written.");
      return ExitCode.declined;
    }
  }
  planned.write();
  terminal.print(
    `\nWrote ${name}. npx flex-stack preview --stack ${stack} --refresh shows what is left to do; ` +
      `npx flex-stack up --stack ${stack} --refresh takes the account's values into the state` +
      `${planned.reverts ? ", and reverts what neither the configuration nor the program says by then" : ""}.`,
  );
  return planned.advice.length === 0 ? ExitCode.ok : ExitCode.unexpectedChanges;
}

function editText({ path, setting, before, value }: PlannedEdit, terminal: Dialogue): string {
  const shown = (each: unknown) => valueText(each, 100, keyOf(path));
  const from = before === undefined ? undefined : terminal.style("red", shown(before));
  const to = value === undefined ? undefined : terminal.style("green", shown(value));
  if (to === undefined) return `${setting}: - ${from ?? ""}`;
  return from === undefined ? `${setting}: + ${to}` : `${setting}: ${from} → ${to}`;
}

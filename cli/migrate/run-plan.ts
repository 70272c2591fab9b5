import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import {
  defaultCut,
  numberNamed,
  planDocument,
  planOf,
  readNumbers,
  requireMovable,
} from "../../flex-stack/migrate/index.ts";
import { findProjectFolder, requireStackFile } from "../../flex-stack/project/project.ts";
import { readSettings } from "../../flex-stack/project/settings.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { PlanOptions } from "./options.ts";
import { cutOptions, show } from "./reading.ts";

/** Prints what a number's way costs: from the configuration alone. */
export async function runPlan(options: PlanOptions, context: CommandContext): Promise<number> {
  const { stack, cwd } = options;
  const projectFolder = findProjectFolder(cwd);
  requireStackFile(projectFolder, stack);
  // Says what is wrong with files that can't be read.
  readSettings(projectFolder, stack);
  const configured = readNumbers({ projectFolder, name: stack });
  const number = requireMovable(numberNamed(configured, options.number), stack);
  const { cut = number.cut ?? defaultCut } = cutOptions(options, number);
  const plan = planOf(number, stack, cut);
  const format = options.json ? "json" : options.format;
  await show(
    { document: planDocument(plan, stack), json: { stack, ...plan } },
    { format, stack, cwd },
    context,
  );
  return ExitCode.ok;
}

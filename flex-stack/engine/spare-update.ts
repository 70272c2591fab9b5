import { recordsNothing } from "../plan/records-nothing.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { StackPreview } from "./preview-stack.ts";
import { forgetJournal, unrecorded, unsure } from "./settle.ts";

/**
 * Spares an update that would find all as its preview did, and leave state and account as they are. Whatever leaves a
 * doubt is no reason to spare it.
 *
 * @param plan What the preview saved (`--save-plan`), as JSON has it.
 * @returns whether there is nothing to update
 */
export async function spareUpdate(
  run: StackRun,
  { deployed, operation, plansAll, toUnprotect }: StackPreview,
  plan: unknown,
): Promise<boolean> {
  if (!plansAll || operation.changed.length > 0 || toUnprotect.length > 0) return false;
  if (unsure(run, deployed).length > 0 || unrecorded(run, deployed).length > 0) return false;
  const state = await run.session.exportState();
  if (state === undefined || !recordsNothing(plan, JSON.parse(state))) return false;
  forgetJournal(run);
  return true;
}

import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { ChangePlan } from "./change-plan.ts";
import { comparePlans, type PlanDifference } from "./compare-plans.ts";

/** Refuses a change that is not the reviewed one, and says where they part. */
export function requireReviewed(reviewed: ChangePlan, planned: ChangePlan): void {
  const found = comparePlans(reviewed, planned);
  if (found.length === 0) return;
  const shown = found.slice(0, maxShown).map(differenceText);
  if (found.length > shown.length) shown.push(`and ${found.length - shown.length} more`);
  throw new Failure({
    what: `The change of stack "${planned.stack}" is not the one that was reviewed. Nothing was changed.`,
    why: shown.join("\n"),
    fix: "Preview it again with --save-plan, have that reviewed, and give the new plan.",
    exitCode: ExitCode.unexpectedChanges,
  });
}

const maxShown = 20;

function differenceText({ kind, change, resource }: PlanDifference): string {
  switch (kind) {
    case "unreviewed":
      return `not reviewed: ${change} ${resource}`;
    case "gone":
      return `reviewed, and not planned any more: ${change} ${resource}`;
    case "other":
      return `reviewed, and now another change: ${change} ${resource}`;
  }
}

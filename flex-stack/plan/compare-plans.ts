import { nameOf, type ChangeKind } from "../changes/resource-change.ts";
import type { ChangePlan, PlannedChange } from "./change-plan.ts";

export interface PlanDifference {
  /** `unreviewed`: nobody saw it; `gone`: it was reviewed and is not planned any more; `other`: it is another change now. */
  kind: "unreviewed" | "gone" | "other";
  resource: string;
  /** What is done to it now, or was to be done. */
  change: ChangeKind;
}

/** What is planned now and was not reviewed, or the other way round; empty when both are the same change. */
export function comparePlans(reviewed: ChangePlan, planned: ChangePlan): PlanDifference[] {
  const before = byUrn(reviewed);
  const now = byUrn(planned);
  return [...new Set([...now.keys(), ...before.keys()])].flatMap((urn): PlanDifference[] => {
    const seen = before.get(urn);
    const change = now.get(urn);
    if (change && seen && change.kind === seen.kind && change.digest === seen.digest) return [];
    const kind = change === undefined ? "gone" : seen === undefined ? "unreviewed" : "other";
    return [{ kind, resource: nameOf(urn), change: (change ?? seen)!.kind }];
  });
}

function byUrn({ changes }: ChangePlan): Map<string, PlannedChange> {
  return new Map(changes.map((change) => [change.urn, change]));
}

import { ineligibilities, isEligible, type StepRule } from "./eligibility.ts";
import { compareBy, type OrderTerm } from "./order.ts";
import type { Roster, RosterWorker } from "./roster.ts";
import type { WorkerVerdict } from "./trace.ts";

export interface Offer {
  /** The workers to reserve the task for, best first. */
  readonly chosen: readonly RosterWorker[];
  /** All workers of the workspace; empty when no reasons were asked for. */
  readonly verdicts: readonly WorkerVerdict[];
}

export interface OfferRequest {
  readonly rule: StepRule;
  readonly roster: Roster;
  readonly orderBy: readonly OrderTerm[];
  readonly reasons: boolean;
}

/** Chooses who is offered a task in one step, as many as the queue's MaxReservedWorkers leaves room for. */
export function offer({ rule, roster, orderBy, reasons }: OfferRequest): Offer {
  const room = Math.max(
    0,
    (rule.queue.queue.maxReservedWorkers ?? 1) - (rule.task.reservedWorkers?.length ?? 0),
  );
  const sorted = orderBy.length > 0 || (rule.task.declinedWorkers?.length ?? 0) > 0;
  const eligible: RosterWorker[] = [];
  for (const worker of rule.queue.members) {
    // Members come longest idle first: without another order or reasons the first few are all there is to know.
    if (!sorted && !reasons && eligible.length >= room) break;
    if (isEligible(rule, worker)) eligible.push(worker);
  }
  if (sorted) sortWorkers(eligible, rule, orderBy);
  const chosen = eligible.slice(0, room);
  return { chosen, verdicts: reasons ? judge(rule, roster, eligible, new Set(chosen)) : [] };
}

/** Declined last, then order_by; the sort is stable, so the longest idle stays first among equals. */
function sortWorkers(workers: RosterWorker[], { task }: StepRule, orderBy: readonly OrderTerm[]): void {
  const declined = new Set(task.declinedWorkers);
  const rank = ({ state }: RosterWorker) => (declined.has(state.sid) ? 1 : 0);
  workers.sort(
    (one, other) =>
      rank(one) - rank(other) || compareBy(orderBy, { worker: one.scope }, { worker: other.scope }),
  );
}

function judge(
  rule: StepRule,
  roster: Roster,
  eligible: readonly RosterWorker[],
  chosen: ReadonlySet<RosterWorker>,
): WorkerVerdict[] {
  const fit = new Set(eligible);
  const others = roster.workers.filter((worker) => !fit.has(worker));
  return [...eligible, ...others].map((worker) => ({
    sid: worker.state.sid,
    friendlyName: worker.state.friendlyName,
    eligible: fit.has(worker),
    offered: chosen.has(worker),
    reasons: fit.has(worker) ? [] : ineligibilities(rule, worker),
  }));
}

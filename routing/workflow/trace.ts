import type { Json } from "../json.ts";
import type { Cause } from "../expression/explain.ts";
import type { Ineligibility } from "./eligibility.ts";
import type { RoutingPosition } from "./workspace.ts";

/** What happened to a task in its workflow, and why. Plain data. */
export interface RoutingTrace {
  /** The filters considered, from the first on; those before the task's position are not. */
  readonly filters: readonly FilterTrace[];
  /** The step in the default filter, when the task got there. */
  readonly defaultStep: StepTrace | undefined;
  /**
   * Comparisons between values of different types, each once with the first values it met: Twilio does not document
   * their answer, so that a task may go elsewhere there. Empty without reasons.
   */
  readonly doubts: readonly string[];
  readonly outcome: RoutingOutcome;
}

export interface FilterTrace {
  readonly index: number;
  readonly name: string;
  readonly matched: boolean;
  /** What made the filter true or false; empty when the task was in this filter already, or without reasons. */
  readonly causes: readonly Cause[];
  /** The targets considered; those before the task's position are not. */
  readonly steps: readonly StepTrace[];
}

export interface StepTrace {
  /** Index of the target in its filter. */
  readonly target: number;
  readonly queueSid: string;
  /** Undefined when the workspace has no such queue: nobody can get a task there. */
  readonly queueName: string | undefined;
  /** Priority of the task in this step. */
  readonly priority: number;
  /** Age in seconds at which the task leaves the step; undefined when it waits for its own timeout. */
  readonly until: number | undefined;
  readonly result: "offered" | "waiting" | "timed out" | "skipped";
  readonly knownWorker: KnownWorkerTrace | undefined;
  /** Set when skip_if was looked at: on entry, and only when nobody could get the task. */
  readonly skipIf:
    { readonly source: string; readonly value: boolean; readonly causes: readonly Cause[] } | undefined;
  /** All workers of the workspace, in the order they would be offered the task, then the ineligible. */
  readonly workers: readonly WorkerVerdict[];
}

export interface KnownWorkerTrace {
  /** The task attribute that names the worker: `task.agent`. */
  readonly attribute: string;
  readonly value: Json | undefined;
  /** Undefined when no worker is so named: the task still waits out the step. */
  readonly workerSid: string | undefined;
}

export interface WorkerVerdict extends WorkerName {
  readonly eligible: boolean;
  /** Whether the task is offered to the worker now. */
  readonly offered: boolean;
  /** Every reason against; empty when eligible. */
  readonly reasons: readonly Ineligibility[];
}

export interface WorkerName {
  readonly sid: string;
  readonly friendlyName: string;
}

export type RoutingOutcome =
  /** Reserve the task for these workers, best first, at most MaxReservedWorkers of the queue. */
  | (Placement & { readonly kind: "offered"; readonly workers: readonly WorkerName[] })
  /** Nobody can get it now; it stays in the queue. */
  | (Placement & { readonly kind: "waiting" })
  /** The targets of the last matching filter are over: the task is canceled. */
  | { readonly kind: "canceled"; readonly reason: string }
  /** It skipped the only filters it matched and there is no default filter: the task is removed. */
  | { readonly kind: "skipped" }
  /** No filter matches and there is no default filter: the task is not created. */
  | { readonly kind: "unmatched" };

export interface Placement {
  readonly queueSid: string;
  readonly queueName: string | undefined;
  readonly priority: number;
  /** Age in seconds at which the task moves on; undefined when it stays until its own timeout. */
  readonly until: number | undefined;
  readonly position: RoutingPosition;
}

/** Why TaskRouter cancels a task that came to the end of its workflow. */
export const workflowTimeoutReason = "Task canceled on Workflow timeout";

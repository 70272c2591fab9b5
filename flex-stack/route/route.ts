import type { Rehearsal } from "../../rehearsal/index.ts";

/** Where a task goes, and from what that is known. */
export interface Route {
  readonly rehearsal: Rehearsal;
  /** Whose workflow and queues these are. */
  readonly source: "program" | "account";
  readonly workers: { readonly count: number; readonly from: string };
  /** SIDs of workers who fit but for their capacity, which was not read. */
  readonly leftOut: readonly string[];
}

import type { Json, JsonObject } from "../json.ts";
import { compileSource, type CompiledExpression } from "../expression/compiled.ts";
import { ExpressionError } from "../expression/error.ts";
import { WorkflowError } from "./problem.ts";
import { workerScope, type RoutingQueue, type RoutingWorker } from "./workspace.ts";

/** The queues and workers of a workspace at one instant; make one, then route many tasks with it. */
export class Roster {
  /** Longest idle first; among equals by SID, so that every evaluation gives the same answer. */
  readonly workers: readonly RosterWorker[];
  readonly #queues = new Map<string, RoutingQueue>();
  readonly #members = new Map<string, RosterQueue>();

  constructor(workspace: { queues: Iterable<RoutingQueue>; workers: Iterable<RoutingWorker> }) {
    for (const queue of workspace.queues) this.#queues.set(queue.sid, queue);
    this.workers = [...workspace.workers]
      .sort((one, other) => one.idleSince - other.idleSince || (one.sid < other.sid ? -1 : 1))
      .map((worker) => new RosterWorker(worker));
  }

  /** Every queue of the workspace. */
  get queues(): Iterable<RoutingQueue> {
    return this.#queues.values();
  }

  /**
   * A queue with its workers, or undefined when the workspace has no such queue.
   *
   * @throws WorkflowError when its TargetWorkers is no expression.
   */
  queue(sid: string): RosterQueue | undefined {
    const known = this.#members.get(sid);
    if (known) return known;
    const queue = this.#queues.get(sid);
    if (!queue) return undefined;
    const targetWorkers = compileTargetWorkers(queue);
    const members = this.workers.filter(({ state }) => targetWorkers.test(state.attributes));
    const entry = { queue, targetWorkers, members, counts: countActivities(members) };
    this.#members.set(sid, entry);
    return entry;
  }

  /** The worker with this SID or friendly name. */
  find(by: "sid" | "friendly_name", value: Json): RosterWorker | undefined {
    return this.workers.find(({ state }) => (by === "sid" ? state.sid : state.friendlyName) === value);
  }
}

export class RosterWorker {
  readonly state: RoutingWorker;
  #scope: JsonObject | undefined;

  constructor(state: RoutingWorker) {
    this.state = state;
  }

  /** What `worker.` holds; made at the first use. */
  get scope(): JsonObject {
    return (this.#scope ??= workerScope(this.state));
  }
}

export interface RosterQueue {
  readonly queue: RoutingQueue;
  readonly targetWorkers: CompiledExpression;
  /** Workers whose attributes fit TargetWorkers, longest idle first. */
  readonly members: readonly RosterWorker[];
  /** What `workers.` holds in skip_if: `available`, `unavailable`, and a number per activity SID. */
  readonly counts: JsonObject;
}

function compileTargetWorkers({ sid, friendlyName, targetWorkers }: RoutingQueue): CompiledExpression {
  try {
    return compileSource(targetWorkers ?? "1==1");
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const path = `TargetWorkers of the queue ${friendlyName} (${sid})`;
    throw new WorkflowError([{ severity: "error", path, message: error.message, position: error.position }]);
  }
}

function countActivities(members: readonly RosterWorker[]): JsonObject {
  const counts: Record<string, number> = {};
  let available = 0;
  for (const { state } of members) {
    counts[state.activitySid] = (counts[state.activitySid] ?? 0) + 1;
    if (state.available) available++;
  }
  return { ...counts, available, unavailable: members.length - available };
}

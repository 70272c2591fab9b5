import type { RoutingChannel, RoutingWorker } from "../../routing/index.ts";

/** What is taken for granted of a worker whose channels were not read. */
const roomForOne: RoutingChannel = {
  available: true,
  configuredCapacity: 1,
  assignedTasks: 0,
  activeReservations: 0,
};

export interface CapacityQuestion<T> {
  /** Without their channels. */
  readonly workers: readonly RoutingWorker[];
  /** Unique names of the workspace's task channels. */
  readonly taskChannels: readonly string[];
  /** Reads the worker channels of one worker, by unique name. */
  readonly read: (workerSid: string) => Promise<Readonly<Record<string, RoutingChannel>>>;
  /** Routes by these workers. */
  readonly evaluate: (workers: readonly RoutingWorker[]) => T;
  /** SIDs of the workers whom that makes eligible, best first. */
  readonly eligible: (found: T) => readonly string[];
  /** Most workers whose channels are read. @default 50 */
  readonly limit?: number;
}

/**
 * Routes with the capacity that workers have, reading it only of those for whom it matters. Twilio gives worker
 * channels one worker at a time, so that a workspace of a thousand would take a thousand requests; only those who are
 * eligible but for their capacity are asked for.
 *
 * @returns what was found, and the SIDs of workers whom it leaves out: they fit but for their capacity, which was not
 *   read, as `limit` was reached
 */
export async function withKnownCapacity<T>(
  question: CapacityQuestion<T>,
): Promise<{ found: T; leftOut: readonly string[] }> {
  const { workers, taskChannels, read, evaluate, eligible, limit = 50 } = question;
  const granted = Object.fromEntries(taskChannels.map((name) => [name, roomForOne]));
  const known = new Map<string, Readonly<Record<string, RoutingChannel>>>();
  const leftOut = new Set<string>();
  for (;;) {
    const found = evaluate(
      workers
        .filter(({ sid }) => !leftOut.has(sid))
        .map((worker) => ({ ...worker, channels: known.get(worker.sid) ?? granted })),
    );
    const unread = eligible(found).filter((sid) => !known.has(sid));
    if (unread.length === 0) return { found, leftOut: [...leftOut] };
    const next = unread.slice(0, Math.min(batch, limit - known.size));
    if (next.length === 0) for (const sid of unread) leftOut.add(sid);
    const channels = await Promise.all(next.map(async (sid) => [sid, await read(sid)] as const));
    for (const [sid, of] of channels) known.set(sid, of);
  }
}

/** Workers asked for at the same time. */
const batch = 10;

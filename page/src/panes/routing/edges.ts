import type { Workspace } from "./routing-data.ts";

/** A line of the picture, between what two SIDs name. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** More lines than these are no picture any more: only those of what is chosen are drawn. */
export const mostEdges = 200;

/** Which workflow sends tasks to which queue, and which worker is in which queue. */
export function edgesOf({ workflows, queues }: Workspace): Edge[] {
  const toQueues = workflows.flatMap(({ sid, filters, default_queue: last }) => {
    const targets = filters.flatMap((filter) => filter.targets.map(({ queue }) => queue));
    return [...new Set([...targets, last])].flatMap((queue) =>
      queue === undefined || queue === null ? [] : [{ from: sid, to: queue }],
    );
  });
  const toWorkers = queues.flatMap(({ sid, workers }) =>
    workers.map((worker) => ({ from: sid, to: worker })),
  );
  return [...toQueues, ...toWorkers];
}

/** What hangs together with one: of a queue its workflows and workers, of a workflow its queues and theirs, and so on. */
export function relatedTo(chosen: string, edges: readonly Edge[]): ReadonlySet<string> {
  const related = new Set([chosen]);
  const walk = (from: "from" | "to", to: "from" | "to"): void => {
    let found = [chosen];
    while (found.length > 0) {
      found = edges.filter((edge) => found.includes(edge[from])).map((edge) => edge[to]);
      for (const sid of found) related.add(sid);
    }
  };
  walk("from", "to");
  walk("to", "from");
  return related;
}

import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import type { Compare } from "../../../kernel/resource.ts";
import { type Task, taskQueue, workspace } from "../stored/kinds.ts";

/**
 * In which order waiting tasks get workers. In a FIFO queue that is by priority, then by virtual start time; in a LIFO
 * queue the newest comes first, whatever its priority. Where queues of both kinds want the same worker, the workspace's
 * PrioritizeQueueOrder says which kind goes first.
 */
export function taskOrder(context: Context, workspaceSid: string): Compare<Task> {
  const first = context.of(workspace).get(workspaceSid)?.fields.prioritize_queue_order;
  const orders = new Map(
    context
      .of(taskQueue)
      .all(workspaceSid)
      .map(({ sid, fields }) => [sid, fields.task_order]),
  );
  const orderOf = ({ fields }: Document<Task>): string => orders.get(fields.task_queue_sid ?? "") ?? "FIFO";
  const startOf = ({ fields }: Document<Task>): number => Date.parse(fields.virtual_start_time);
  return (a, b) => {
    const [orderA, orderB] = [orderOf(a), orderOf(b)];
    if (orderA !== orderB) return orderA === first ? -1 : 1;
    if (orderA === "LIFO") return startOf(b) - startOf(a) || b.seq - a.seq;
    return b.fields.priority - a.fields.priority || startOf(a) - startOf(b) || a.seq - b.seq;
  };
}

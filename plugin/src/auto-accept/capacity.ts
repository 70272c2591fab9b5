import type { Reservation, WorkerClient } from "../flex.ts";

const busy = ["accepted", "wrapping"];

/**
 * Whether an agent has room for a pending reservation's task, on its task channel. TaskRouter offers tasks beyond that
 * where they ignore capacity, where it was lowered since, and where several are offered at once.
 *
 * @param accepting SIDs of reservations that are being accepted
 */
export function hasCapacity(
  { channels, reservations }: Pick<WorkerClient, "channels" | "reservations">,
  { task: { taskChannelUniqueName } }: Pick<Reservation, "task">,
  accepting: ReadonlySet<string>,
): boolean {
  const channel = [...channels.values()].find((one) => one.taskChannelUniqueName === taskChannelUniqueName);
  // What is not known is TaskRouter's to judge, and it has offered the task.
  if (channel === undefined) return true;
  const others = [...reservations.values()].filter(
    (other) =>
      other.task.taskChannelUniqueName === taskChannelUniqueName &&
      (busy.includes(other.status) || accepting.has(other.sid)),
  );
  return others.length < channel.capacity;
}

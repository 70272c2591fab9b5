import type { Context } from "../../../kernel/context.ts";
import { task } from "./kinds.ts";
import { activeStatuses, reservationsOf } from "./reservationsOf.ts";

/** How many tasks of a channel a worker has: accepted, and all that take of the capacity. */
export function channelLoad(
  context: Context,
  workspaceSid: string,
  workerSid: string,
  taskChannelSid: string,
): { assigned: number; active: number } {
  let assigned = 0;
  let active = 0;
  for (const { fields } of reservationsOf(context, workspaceSid, workerSid, activeStatuses)) {
    if (context.of(task).get(fields.task_sid)?.fields.task_channel_sid !== taskChannelSid) continue;
    active++;
    if (fields.reservation_status === "accepted") assigned++;
  }
  return { assigned, active };
}

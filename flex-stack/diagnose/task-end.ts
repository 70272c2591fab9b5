import { eventsSince } from "./end.ts";
import { isTaskOver } from "./journey.ts";
import type { Reads } from "./reads/reads.ts";

/** When a task was over, as far as it or its events tell. */
export async function endOfTask(taskSid: string, reads: Reads): Promise<Date | undefined> {
  const task = await reads.taskrouter.task(taskSid);
  if (task !== undefined) return isTaskOver(task) ? task.dateUpdated : undefined;
  const events = await reads.taskrouter.events(taskSid, eventsSince(reads));
  return events.findLast(({ eventType }) =>
    /^task\.(completed|canceled|deleted|system-deleted)$/.test(eventType),
  )?.eventDate;
}

/** Whether a time is after another one, by more than clocks differ. */
export function isLater(time: Date, than: Date): boolean {
  return time.getTime() > than.getTime() + 5_000;
}

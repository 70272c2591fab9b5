import { parseAttributes, textOf } from "../account/attributes.ts";
import { eventsSince, eventValues } from "./end.ts";
import type { Reads } from "./reads/reads.ts";

/** What became of an offer, as the events of a task that is gone tell it. */
export interface PastReservation {
  readonly workerName: string;
  /** Chat identity, from the worker's `contact_uri`. */
  readonly identity: string | undefined;
  readonly status: string;
  readonly at: Date;
}

const ends = /^reservation\.(accepted|rejected|timeout|canceled|rescinded|completed)$/;

/** In the order in which it happened. */
export async function pastReservations(taskSid: string, reads: Reads): Promise<readonly PastReservation[]> {
  const events = await reads.taskrouter.events(taskSid, eventsSince(reads));
  return events
    .flatMap(({ eventType, eventData, eventDate }): PastReservation[] => {
      const status = ends.exec(eventType)?.[1];
      if (status === undefined) return [];
      const values = eventValues(eventData);
      const attributes = parseAttributes(textOf(values, "worker_attributes"));
      const identity = textOf(attributes, "contact_uri")?.replace(/^client:/, "");
      return [{ workerName: textOf(values, "worker_name") ?? "somebody", identity, status, at: eventDate }];
    })
    .reverse();
}

import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import { parseAttributes, textOf } from "../account/attributes.ts";
import { permitted } from "./permitted.ts";
import type { Reads } from "./reads/reads.ts";
import type { Subject } from "./subject.ts";

/** Events of tasks are kept so long. */
const eventDays = 30;

/** Where a journey is looked for from. */
export interface End {
  readonly message?: MessageInstance | undefined;
  readonly customer?: string | undefined;
  readonly number?: string | undefined;
  readonly channelSid?: string | undefined;
  readonly taskSid?: string | undefined;
  /** Of the task, or those that it had at last. */
  readonly taskAttributes?: Readonly<Record<string, unknown>> | undefined;
}

/** What the subject of a diagnosis leads to. What Twilio refuses to tell is left out. */
export async function findEnd(subject: Subject, reads: Reads): Promise<End> {
  switch (subject.kind) {
    case "message": {
      const message = await permitted(() => reads.messaging.message(subject.sid));
      return message === undefined ? {} : { message, ...partiesOf(message) };
    }
    case "from": {
      const since = sinceOf(subject, reads);
      const found = await permitted(() => reads.messaging.messages({ from: subject.number, since }));
      const message = found?.find(({ direction }) => direction === "inbound");
      return message === undefined ? { customer: subject.number } : { message, ...partiesOf(message) };
    }
    case "channel":
      return { channelSid: subject.sid };
    case "task": {
      const task = await permitted(() => reads.taskrouter.task(subject.sid));
      const json = task?.attributes ?? (await lastAttributesOf(subject.sid, reads));
      const attributes = parseAttributes(json);
      return {
        taskSid: subject.sid,
        taskAttributes: attributes,
        channelSid: textOf(attributes, "channelSid"),
      };
    }
  }
}

/** From when on a sender's texts are looked for, by the minute: asked again, it is the same. */
export function sinceOf({ sinceMs }: { readonly sinceMs: number }, reads: Reads): Date {
  const minute = 60_000;
  return new Date(Math.floor((reads.account.now() - sinceMs) / minute) * minute);
}

function partiesOf({ direction, from, to }: MessageInstance): { customer: string; number: string } {
  return direction === "inbound" ? { customer: from, number: to } : { customer: to, number: from };
}

/** What the events of a task that is gone say of it. */
export async function lastAttributesOf(taskSid: string, reads: Reads): Promise<string | undefined> {
  const events = await permitted(() => reads.taskrouter.events(taskSid, eventsSince(reads)));
  for (const { eventData } of events ?? []) {
    const json = textOf(eventValues(eventData), "task_attributes");
    if (json !== undefined) return json;
  }
  return undefined;
}

/** Twilio's clients get event data as an object, or as JSON text. */
export function eventValues(eventData: unknown): Readonly<Record<string, unknown>> {
  if (typeof eventData === "string") return parseAttributes(eventData);
  return typeof eventData === "object" && eventData !== null ? (eventData as Record<string, unknown>) : {};
}

/** The earliest time of which TaskRouter still has events. */
export function eventsSince(reads: Reads): Date {
  // A minute less: on its way the request grows older.
  return new Date(reads.account.now() - eventDays * 86_400_000 + 60_000);
}

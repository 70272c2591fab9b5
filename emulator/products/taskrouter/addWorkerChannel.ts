import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type TaskChannel, workerChannel } from "./stored/kinds.ts";

/** Gives a worker a channel of a task channel, as Twilio does whenever a worker or a task channel is made. */
export function addWorkerChannel(context: Context, workerSid: string, channel: Document<TaskChannel>): void {
  context.of(workerChannel).insert(workerSid, {
    task_channel_sid: channel.sid,
    task_channel_unique_name: channel.fields.unique_name,
    configured_capacity: 1,
    available: true,
  });
}

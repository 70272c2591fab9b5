import type { Change, Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { channelLoad } from "../stored/channelLoad.ts";
import { type Worker, worker, type WorkerChannel } from "../stored/kinds.ts";
import { type EventData, previousActivityData, workerData } from "./data.ts";
import { recordEvent } from "./log.ts";

export function recordWorkerChange(change: Change<Worker>, context: Context): void {
  if (change.action === "create") {
    const { after } = change;
    record(after, context, "worker.created", `Worker ${after.fields.friendly_name} created`);
    return;
  }
  if (change.action === "delete") {
    const { before } = change;
    record(before, context, "worker.deleted", `Worker ${before.fields.friendly_name} deleted`);
    return;
  }
  const { before, after } = change;
  const { friendly_name: name } = after.fields;
  if (before.fields.activity_sid !== after.fields.activity_sid) {
    const previous = previousActivityData(before, context);
    const data = workerData(after, context);
    const description = `Worker ${name} updated to ${data["worker_activity_name"]} Activity`;
    record(after, context, "worker.activity.update", description, previous);
  }
  if (before.fields.attributes !== after.fields.attributes) {
    record(after, context, "worker.attributes.update", `Worker ${name} has new attributes`);
  }
}

export function recordWorkerChannelChange(change: Change<WorkerChannel>, context: Context): void {
  if (change.action !== "update") return;
  const { before, after } = change;
  const owner = context.of(worker).get(after.parentSid);
  if (owner === undefined) return;
  const { task_channel_sid, task_channel_unique_name, configured_capacity, available } = after.fields;
  const { active } = channelLoad(context, owner.parentSid, owner.sid, task_channel_sid);
  const data = {
    worker_channel_available: String(available),
    worker_channel_available_capacity: String(Math.max(configured_capacity - active, 0)),
    worker_channel_previous_capacity: String(before.fields.configured_capacity),
    worker_channel_task_count: String(active),
    task_channel_sid,
    task_channel_unique_name,
  };
  const whose = `channel ${task_channel_unique_name} of worker ${owner.fields.friendly_name}`;
  if (before.fields.configured_capacity !== configured_capacity) {
    const description = `Capacity of ${whose} is ${configured_capacity}`;
    record(owner, context, "worker.capacity.update", description, data);
  }
  if (before.fields.available !== available) {
    const description = `The ${whose} is switched ${available ? "on" : "off"}`;
    record(owner, context, "worker.channel.availability.update", description, data);
  }
}

function record(
  document: Document<Worker>,
  context: Context,
  type: string,
  description: string,
  more: EventData = {},
): void {
  const { sid, parentSid } = document;
  const subject = { type: "worker", sid, path: `/Workers/${sid}` };
  recordEvent(context, parentSid, type, {
    subject,
    description,
    data: { ...workerData(document, context), ...more },
  });
}
